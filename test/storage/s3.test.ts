import { describe, expect, it } from "vitest";
import { s3Storage } from "../../src/storage/s3.ts";
import { parseListing } from "../../src/storage/s3-listing.ts";
import { createFakeS3 } from "../support/fake-s3.ts";
import { hitsOf, originUrl } from "../support/origin.ts";
import { storageContract } from "./contract.ts";

for (const pathStyle of [true, false]) {
  const server = createFakeS3({ pathStyle });
  storageContract(pathStyle ? "s3 by path" : "s3 by host", () => s3Storage(server));
}

const unconditional = createFakeS3({ conditions: false });
storageContract("s3 without conditions", () => s3Storage(unconditional));

const PNG = { mime: "image/png", metadata: {} };
const unavailable = expect.objectContaining({ status: 503, code: "storage_unavailable", cause: expect.any(Error) });

/** Every method of a storage that is made with `changes`. */
const callsOf = (changes: object) => {
  const storage = s3Storage({ ...createFakeS3(), ...changes });
  return {
    get: () => storage.get("a"),
    head: () => storage.head("a"),
    put: () => storage.put("a", new Uint8Array(1), PNG),
    delete: () => storage.delete("a"),
    list: () => storage.list("a", { limit: 9 }),
  };
};

describe("s3Storage() when S3 fails", () => {
  const failures = [
    ["an error", { fetch: async () => new Response("<Error/>", { status: 500 }) }],
    [
      "a redirect",
      { fetch: async () => new Response(null, { status: 307, headers: { location: "https://evil.test" } }) },
    ],
    ["no answer", { fetch: () => Promise.reject(new Error("Network connection lost.")) }],
    ["a refusal of the secret", { secretAccessKey: "wrong" }],
    ["a refusal of the region", { region: "us-east-1" }],
  ] as const;
  const methods = ["get", "head", "put", "delete", "list"] as const;
  const cases = failures.flatMap(([what, changes]) => methods.map((method) => [method, what, changes] as const));

  it.for(cases)("%s takes %s for an outage", async ([method, , changes]) => {
    await expect(callsOf(changes)[method]()).rejects.toEqual(unavailable);
  });

  it("does not take a missing bucket for a missing object", async () => {
    await expect(callsOf({ bucket: "other" }).get()).rejects.toEqual(unavailable);
  });

  it("does not choke on a listing with a broken name", async () => {
    const xml = "<R><EncodingType>url</EncodingType><Contents><Key>%ff</Key></Contents></R>";
    await expect(callsOf({ fetch: async () => new Response(xml) }).list()).rejects.toEqual(unavailable);
  });

  it("asks once", async () => {
    let calls = 0;
    const fetch = async () => new Response(null, { status: 500 + calls++ });
    await expect(callsOf({ fetch }).get()).rejects.toEqual(unavailable);
    expect(calls).toBe(1);
  });

  it("needs an answer that tells a size", async () => {
    const fetch = async () => new Response(new ReadableStream({ type: "bytes" }));
    await expect(callsOf({ fetch }).get()).rejects.toEqual(unavailable);
  });
});

describe("s3Storage() against a server that fails", () => {
  const timeouts = { headersMs: 300, silenceMs: 300 };
  const at = (path: string) => ({
    endpoint: originUrl,
    fetch: (_: unknown, init?: RequestInit) => fetch(originUrl + path, init),
  });

  it("stops waiting for headers", async () => {
    await expect(callsOf({ ...at("/slow-headers?ms=3000"), timeouts }).get()).rejects.toEqual(unavailable);
  });

  it("stops waiting for bytes", async () => {
    const object = await callsOf({ ...at("/stall?s3"), timeouts: { ...timeouts, headersMs: 5_000 } }).get();
    await expect(object?.bytes()).rejects.toEqual(unavailable);
    await expect.poll(() => hitsOf("/stall?s3")).toMatchObject({ cancelled: 1 });
  });

  it("notices a body that breaks", async () => {
    const object = await callsOf(at("/cut?s3")).get();
    await expect(object?.bytes()).rejects.toEqual(unavailable);
  });

  it("stops when the caller does", async () => {
    const gone = new Error("client gone");
    const storage = s3Storage({ ...createFakeS3(), ...at("/ok") });
    await expect(storage.get("a", { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
  });
});

describe("s3Storage() and conditions of writes", () => {
  const onlyIf = "absent";

  /** A storage, and the method and condition of each request that it makes. */
  function watched(answer: (request: Request) => Response | Promise<Response>) {
    const calls: string[] = [];
    const send = async (input: RequestInfo | URL, init?: RequestInit) => {
      const request = new Request(input, init);
      calls.push(`${request.method} ${request.headers.get("if-none-match") ?? ""}`.trim());
      return answer(request);
    };
    return { calls, storage: s3Storage({ ...createFakeS3(), fetch: send }) };
  }

  it("asks once whether a server knows them, then looks itself", async () => {
    const server = createFakeS3({ conditions: false });
    const { calls, storage } = watched((request) => server.fetch(request));
    for (const path of ["a", "a", "b"]) await storage.put(path, new Uint8Array(1), PNG, { onlyIf });
    expect(calls).toEqual(["PUT *", "HEAD", "PUT", "HEAD", "HEAD", "PUT"]);
  });

  it.for([304, 409, 412])("takes %i for one that does not hold", async (status) => {
    const { storage } = watched(() => new Response(null, { status }));
    expect(await storage.put("a", new Uint8Array(1), PNG, { onlyIf })).toBeUndefined();
  });

  it.for([404, 403, 500])("takes %i for an outage where nothing has to be", async (status) => {
    const { storage } = watched(() => new Response(null, { status }));
    await expect(storage.put("a", new Uint8Array(1), PNG, { onlyIf })).rejects.toEqual(unavailable);
  });
});

describe("s3Storage() and addresses", () => {
  it.for([
    ["https://s3.test", true, "https://s3.test/pictures/a/b"],
    ["https://s3.test/storage/v1/s3/", true, "https://s3.test/storage/v1/s3/pictures/a/b"],
    ["http://127.0.0.1:9000", true, "http://127.0.0.1:9000/pictures/a/b"],
    ["https://fra1.digitaloceanspaces.com", false, "https://pictures.fra1.digitaloceanspaces.com/a/b"],
  ] as const)("below %s, by path %s: %s", async ([endpoint, pathStyle, expected]) => {
    const asked: string[] = [];
    const fetch = async (input: RequestInfo | URL) => {
      asked.push(new Request(input).url);
      return new Response(null, { status: 404 });
    };
    await s3Storage({ ...createFakeS3(), endpoint, pathStyle, fetch }).head("a/b");
    expect(asked).toEqual([expected]);
  });
});

describe("parseListing()", () => {
  it("reads names of a server that does not encode them", () => {
    const xml = "<R><Contents><Key>a+b&amp;&#x1F600;&#228;&lt;.png</Key><Size>3</Size></Contents></R>";
    expect(parseListing(xml).objects).toMatchObject([{ path: "a+b&😀ä<.png", size: 3 }]);
  });

  it.for(["", "<", "<Contents>", "<Contents></Contents", "<Contents><Key>a"])("finds nothing in %j", (xml) => {
    expect(parseListing(xml)).toEqual({ objects: [], folders: [], truncated: false });
  });
});
