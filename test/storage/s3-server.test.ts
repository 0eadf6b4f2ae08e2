import { describe, expect, it } from "vitest";
import { s3Storage } from "../../src/storage/s3.ts";
import { s3Servers } from "../support/s3.ts";
import { storageContract } from "./contract.ts";

const [server] = s3Servers;
storageContract("s3 server", () => s3Storage(server), { conditions: true, longPaths: true });

describe("s3Storage() against a server", () => {
  it.for([
    ["secret", { secretAccessKey: "wrong" }],
    ["key", { accessKeyId: "NOBODY" }],
    ["bucket", { bucket: "other" }],
    ["port", { endpoint: "http://127.0.0.1:1" }],
  ] as const)("takes a wrong %s for an outage", async ([, change]) => {
    const broken = s3Storage({ ...server, ...change });
    const unavailable = expect.objectContaining({ status: 503, code: "storage_unavailable" });
    await expect(broken.get("a")).rejects.toEqual(unavailable);
    await expect(broken.put("a", new Uint8Array(), { mime: "a/b", metadata: {} })).rejects.toEqual(unavailable);
  });
});
