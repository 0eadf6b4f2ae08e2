import { memoryStorage } from "../../src/storage/memory.ts";
import type { ListedObject, StoredHead } from "../../src/storage/storage.ts";
import { listed } from "./listed.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };

/**
 * An S3 server behind `fetch`: one bucket, paths of both styles, every signature checked by a reading of its own. It may
 * refuse conditions of writes, as some do.
 */
export function createFakeS3({
  region = "eu-west-1",
  bucket = "pictures",
  pathStyle = true,
  pageSize = 1_000,
  conditions = true,
} = {}) {
  const storage = memoryStorage();
  const host = pathStyle ? "s3.test" : `${bucket}.s3.test`;

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const body = await request.bytes();
    if (url.host !== host) return xmlError(301, "PermanentRedirect");
    if (!(await isSigned(request, url, body, region))) return xmlError(403, "SignatureDoesNotMatch");
    const path = decodeURIComponent(url.pathname).slice(1);
    if (pathStyle && path.split("/")[0] !== bucket) return xmlError(404, "NoSuchBucket");
    const key = pathStyle ? path.slice(bucket.length + 1) : path;
    if (key === "") return list(url.searchParams);
    if (request.method === "PUT") return put(key, body, request.headers);
    if (request.method !== "DELETE") return read(key, request);
    await storage.delete(key);
    return new Response(null, { status: 204 });
  }

  async function read(key: string, request: Request): Promise<Response> {
    const head = await storage.head(key);
    if (!head) return xmlError(404, "NoSuchKey");
    const headers = headersOf(head);
    if (request.method === "HEAD") return new Response(null, { headers });
    const [, first, last] = /^bytes=([0-9]+)-([0-9]*)$/.exec(request.headers.get("range") ?? "") ?? [];
    const whole = (await (await storage.get(key))?.bytes()) ?? new Uint8Array();
    if (first === undefined) return new Response(whole, { headers });
    const bytes = whole.subarray(Number(first), last ? Number(last) + 1 : undefined);
    if (bytes.length === 0) return xmlError(416, "InvalidRange");
    headers["content-range"] = `bytes ${first}-${Number(first) + bytes.length - 1}/${whole.length}`;
    headers["content-length"] = String(bytes.length);
    return new Response(bytes, { status: 206, headers });
  }

  async function put(key: string, body: Uint8Array, headers: Headers): Promise<Response> {
    if (!conditions && (headers.has("if-match") || headers.has("if-none-match")))
      return xmlError(501, "NotImplemented");
    const present = await storage.head(key);
    const version = headers.get("if-match")?.replaceAll('"', "");
    if (headers.get("if-none-match") === "*" && present) return xmlError(412, "PreconditionFailed");
    if (version && !present) return xmlError(404, "NoSuchKey");
    if (version && present?.version !== version) return xmlError(412, "PreconditionFailed");
    const metadata = [...headers].filter(([name]) => name.startsWith("x-amz-meta-"));
    const written = await storage.put(key, body, {
      mime: headers.get("content-type") ?? "binary/octet-stream",
      metadata: Object.fromEntries(metadata),
    });
    return new Response(null, { headers: { etag: `"${written?.version}"` } });
  }

  /** ListObjectsV2: keys after `start-after`; a key with a further delimiter counts as its common prefix. */
  async function list(query: URLSearchParams): Promise<Response> {
    if (query.get("list-type") !== "2" || query.get("encoding-type") !== "url") return xmlError(400, "InvalidArgument");
    const [prefix, start] = ["prefix", "start-after"].map((name) => query.get(name) ?? "");
    const objects = (await listed(storage, prefix)).filter(({ path }) => byUtf8(path, start) > 0);
    const entries = new Map<string, string>();
    for (const object of objects.sort((a, b) => byUtf8(a.path, b.path))) {
      const [folder] = /^[^/]*\//.exec(object.path.slice(prefix.length)) ?? [];
      const isFolder = query.get("delimiter") === "/" && folder !== undefined;
      entries.set(
        isFolder ? prefix + folder : object.path,
        isFolder ? commonPrefix(prefix + folder) : contents(object),
      );
    }
    const page = [...entries.values()].slice(0, Math.min(pageSize, Number(query.get("max-keys") ?? pageSize)));
    return new Response(
      `<?xml version="1.0"?><ListBucketResult><Prefix>${name(prefix)}</Prefix><EncodingType>url</EncodingType>` +
        `<IsTruncated>${page.length < entries.size}</IsTruncated>${page.join("")}</ListBucketResult>`,
    );
  }

  const send: typeof fetch = async (input, init) => answer(new Request(input, init));
  const timeouts = { headersMs: 5_000, silenceMs: 5_000 };
  return { ...credentials, endpoint: "https://s3.test", region, bucket, pathStyle, timeouts, fetch: send };
}

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

const name = (path: string): string => encodeURIComponent(path).replaceAll("%20", "+");

const contents = ({ path, size, version, modified }: ListedObject): string =>
  `<Contents><Key>${name(path)}</Key><Size>${size}</Size>` +
  `<LastModified>${modified?.toISOString()}</LastModified><ETag>&quot;${version}&quot;</ETag></Contents>`;

const commonPrefix = (path: string): string => `<CommonPrefixes><Prefix>${name(path)}</Prefix></CommonPrefixes>`;

const headersOf = ({ size, version, modified, mime, metadata }: StoredHead): Record<string, string> => ({
  "content-length": String(size),
  "content-type": mime,
  etag: `"${version}"`,
  "last-modified": modified?.toUTCString() ?? "",
  ...metadata,
});

const xmlError = (status: number, code: string) =>
  new Response(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`, { status });

/** Signature Version 4 from the server's side: what was sent, signed again, must come to the same. */
async function isSigned(request: Request, url: URL, body: Uint8Array, region: string): Promise<boolean> {
  const pattern = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, keyId, scope, names, signature] = pattern.exec(request.headers.get("authorization") ?? "") ?? [];
  const date = request.headers.get("x-amz-date") ?? "";
  const payload = request.headers.get("x-amz-content-sha256") ?? "";
  if (keyId !== credentials.accessKeyId || scope !== `${date.slice(0, 8)}/${region}/s3/aws4_request`) return false;
  if (payload !== (await sha256(body)) || !names.split(";").includes("x-amz-content-sha256")) return false;
  const headerLines = names
    .split(";")
    .map((name) => `${name}:${name === "host" ? url.host : request.headers.get(name)}\n`);
  const path = url.pathname.split("/").map((segment) => encode(decodeURIComponent(segment)));
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const canonical = [request.method, path.join("/"), query.join("&"), headerLines.join(""), names, payload].join("\n");
  const text = ["AWS4-HMAC-SHA256", date, scope, await sha256(new TextEncoder().encode(canonical))].join("\n");
  let key = new TextEncoder().encode(`AWS4${credentials.secretAccessKey}`);
  for (const part of [...scope.split("/"), text]) key = await hmac(key, part);
  return key.toHex() === signature;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();

async function hmac(key: Uint8Array, text: string): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(text)));
}
