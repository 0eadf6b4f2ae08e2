import { env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { createRandom } from "../support/random.ts";
import { service } from "../support/service.ts";
import { silence } from "../support/silence.ts";

/** What goes wrong with one call of a binding; the call itself may still be made. */
type Fault = (call: () => Promise<unknown>) => Promise<unknown>;

const fails: Fault = () => Promise.reject(new Error("internal detail of the backend"));
const hangs: Fault = () => new Promise(() => undefined);
const isSlow: Fault = (call) => scheduler.wait(30).then(call);
const knowsNothing: Fault = async () => null;
/** The connection breaks in the middle of the body. */
const givesHalf: Fault = async (call) => {
  const object = (await call()) as R2ObjectBody | null;
  if (!object) return null;
  const half = (await object.bytes()).subarray(0, Math.floor(object.size / 2));
  const body = new ReadableStream({
    type: "bytes",
    start: (controller) => controller.enqueue(half),
    pull: () => Promise.reject(new Error("internal detail: connection lost")),
  });
  const { key, size, etag, uploaded, httpMetadata, customMetadata } = object;
  return { key, size, etag, uploaded, httpMetadata, customMetadata, body };
};

/** `binding` whose `method` goes wrong in `share` of its calls, always the same ones. */
function flaky<T extends object>(binding: T, method: string, fault: Fault, share: number): T {
  const random = createRandom(7);
  return new Proxy(binding, {
    get(target, name) {
      const member = target[name as keyof T];
      if (typeof member !== "function") return member;
      const call = (...args: unknown[]) => member.apply(target, args);
      if (name !== method) return call;
      return (...args: unknown[]) => (random() < share ? fault(async () => call(...args)) : call(...args));
    },
  });
}

const WIDTHS = Array.from({ length: 12 }, (_, index) => 20 + index);
const urlOf = (width: number) => `/display/resize/${width}x/photo.jpg`;
const QUICK = { SOURCE_HEADERS_TIMEOUT_MS: "200", MAX_WAIT_MS: "200" };

async function empty(): Promise<void> {
  for (const { name } of (await env.KEYS.list()).keys) await env.KEYS.delete(name);
  for (const { key } of (await env.DESTINATION.list()).objects) await env.DESTINATION.delete(key);
}

/** What each width looks like when nothing goes wrong. */
async function expected(): Promise<Map<number, Uint8Array>> {
  const sound = service();
  const pictures = await Promise.all(
    WIDTHS.map(async (width) => [width, await (await sound.fetch(urlOf(width))).bytes()] as const),
  );
  return new Map(pictures);
}

/** Share of answers that are 200 at least, by binding, method, fault and how often it strikes. */
const CASES: readonly (readonly ["SOURCE" | "DESTINATION" | "KEYS", string, string, Fault, number, number])[] = [
  ["SOURCE", "get", "fails", fails, 1, 0],
  ["SOURCE", "get", "fails", fails, 0.3, 0.5],
  ["SOURCE", "get", "hangs", hangs, 0.3, 0.5],
  ["SOURCE", "get", "is slow", isSlow, 1, 1],
  ["SOURCE", "get", "gives half", givesHalf, 1, 0],
  ["SOURCE", "get", "gives half", givesHalf, 0.3, 0.5],
  ["DESTINATION", "get", "fails", fails, 1, 0],
  ["DESTINATION", "get", "fails", fails, 0.3, 0.5],
  ["DESTINATION", "get", "knows nothing", knowsNothing, 1, 1],
  ["DESTINATION", "put", "fails", fails, 1, 1],
  ["DESTINATION", "put", "fails", fails, 0.3, 1],
  ["DESTINATION", "put", "hangs", hangs, 1, 1],
  ["KEYS", "getWithMetadata", "fails", fails, 1, 1],
  ["KEYS", "getWithMetadata", "fails", fails, 0.3, 1],
  ["KEYS", "getWithMetadata", "is slow", isSlow, 1, 1],
  ["KEYS", "put", "fails", fails, 1, 1],
  ["KEYS", "put", "fails", fails, 0.3, 1],
];

beforeEach(async () => {
  silence("warn");
  silence("error");
  await env.SOURCE.put("photo.jpg", await encode(gradient(120, 80), "jpg"));
  await empty();
});

describe("a port that goes wrong", () => {
  it.for(CASES)(
    "%s.%s %s: no 500, nothing wrong is shown or stored, and all is well at once afterwards (%#)",
    { timeout: 60_000 },
    async ([name, method, , fault, share, least]) => {
      const pictures = await expected();
      await empty();
      const vars = { ...QUICK, [name]: flaky(env[name], method, fault, share) };
      const responses = await service(vars).fetchAll(WIDTHS.map(urlOf));
      const answered = await Promise.all(responses.map(async (response) => [response, await body(response)] as const));
      const good = answered.filter(([{ status }]) => status === 200);
      expect(good.length / WIDTHS.length).toBeGreaterThanOrEqual(least);
      for (const [index, [{ status }, bytes]] of answered.entries()) {
        expect([200, 503]).toContain(status);
        if (status === 200 && bytes) expect(bytes).toEqual(pictures.get(WIDTHS[index]));
      }
      await afterwards(pictures);
    },
  );
});

/** Undefined for a body that breaks while it is sent: the client sees that it is cut. */
const body = (response: Response): Promise<Uint8Array | undefined> => response.bytes().catch(() => undefined);

/** Whatever is stored is right, and every first request is answered with what it should be. */
async function afterwards(pictures: Map<number, Uint8Array>): Promise<void> {
  const sound = service();
  for (const [width, picture] of pictures) {
    const response = await sound.fetch(urlOf(width));
    expect([response.status, await response.bytes()]).toEqual([200, picture]);
  }
}
