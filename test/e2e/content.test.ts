import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { service } from "../support/service.ts";

const CANARY = "canary-7f3a91";
const latin = (text: string) => Array.from(text, (character) => character.charCodeAt(0));
const open = service();

const insert = (bytes: Uint8Array, at: number, more: readonly number[]) =>
  Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);
const comment = [0x21, 0xfe, CANARY.length, ...latin(CANARY), 0];

/** Files with the canary in a comment, or behind their end. */
async function files(): Promise<Record<string, Uint8Array>> {
  const image = gradient(40, 30);
  const segment = [0xff, 0xfe, 0, CANARY.length + 2, ...latin(CANARY)];
  const frame = [...gifControl(1, 5), ...gifImage(0, 0, 1, 1, [1])];
  const found: Record<string, Uint8Array> = {
    "comment.jpg": insert(await encode(image, "jpg"), 2, segment),
    "comment.gif": gif(1, 1, [comment, frame, comment, frame]),
  };
  for (const format of ["jpg", "png", "gif", "webp", "bmp", "avif"] as const) {
    const bytes = await encode(image, format);
    found[`behind.${format}`] = insert(bytes, bytes.length, latin(CANARY));
  }
  return found;
}

const holdsCanary = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes).includes(CANARY);
const NAMES = ["comment.jpg", "comment.gif", ...["jpg", "png", "gif", "webp", "bmp", "avif"].map((f) => `behind.${f}`)];

beforeAll(async () => {
  for (const [name, bytes] of Object.entries(await files())) await env.SOURCE.put(name, bytes);
});

it.for(NAMES)("C1: nothing of %s but its picture leaves or is kept", async (name) => {
  expect(holdsCanary((await (await env.SOURCE.get(name))?.bytes()) ?? new Uint8Array())).toBe(true);
  for (const asked of [open, service({ KEEP_ICC: "1" })])
    for (const query of ["op=noop", "op=resize&w=20", "op=noop&fmt=png"]) {
      const response = await asked.fetch(`/display?path=${name}&${query}&force=1`);
      expect([query, response.status, holdsCanary(await response.bytes())]).toEqual([query, 200, false]);
    }
  for (const { key } of (await env.DESTINATION.list()).objects)
    expect(holdsCanary((await (await env.DESTINATION.get(key))?.bytes()) ?? new Uint8Array())).toBe(false);
});

it.for(["png", "jpg", "webp", "gif"] as const)(
  "C2: a damaged %s gives the same bytes or the same refusal twice",
  async (format) => {
    const bytes = await encode(gradient(90, 70), format);
    for (const part of [0.5, 0.8, 0.95]) {
      await env.SOURCE.put("cut", bytes.subarray(0, bytes.length * part));
      const once = async () => {
        const response = await open.fetch("/display?path=cut&op=resize&w=50&fmt=png&force=1");
        return response.status === 200 ? (await response.bytes()).toBase64() : response.status;
      };
      const first = await once();
      await open.fetch("/display?path=behind.png&op=resize&w=33&force=1");
      expect(await once()).toEqual(first);
    }
  },
);

it("K3: keys, object names and metadata are hashes, formats, versions and dates", async () => {
  await env.SOURCE.put("secret name.png", await encode(gradient(40, 30), "png"));
  const keeping = service({ ENABLE_CASCADE_DELETE: "1" });
  await keeping.fetch("/display?path=secret%20name.png&op=resize&w=21&%3Cscript%3E=1&x=%0d%0aa");
  for (const { key, customMetadata } of (await env.DESTINATION.list({ include: ["customMetadata"] })).objects) {
    expect(key).toMatch(/^[0-9a-f]{32}\.[a-z]{3,4}$/);
    expect(Object.keys(customMetadata ?? {}).sort()).toEqual(["modified", "version"]);
    expect(Object.values(customMetadata ?? {}).join(" ")).toMatch(/^[0-9a-fA-F:TZ. -]+$/);
  }
  for (const { name } of (await env.KEYS.list()).keys)
    expect(name).toMatch(/^picfit:[0-9a-f]{32}(?::children:[0-9a-f]{32})?$/);
});
