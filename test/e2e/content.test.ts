import { env } from "cloudflare:test";
import { deflateSync } from "node:zlib";
import { beforeAll, expect, it } from "vitest";
import { encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { segment } from "../support/jpeg.ts";
import { chunk } from "../support/png.ts";
import { service } from "../support/service.ts";
import { wasmBytesOf } from "../support/wasm-memory.ts";
import { vp8x, webpFile } from "../support/webp.ts";

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

it.for(["jpg", "png", "webp"] as const)("L11: text in a %s is neither inflated nor looked at", async (format) => {
  const plain = await encode(gradient(40, 30), format);
  await env.SOURCE.put("plain", plain);
  await env.SOURCE.put("text", TEXTS[format](plain, deflateSync(new Uint8Array(30_000_000))));
  const ask = async (path: string) => {
    let bytes: Uint8Array = new Uint8Array();
    const wasm = await wasmBytesOf(async () => {
      bytes = await (await open.fetch(`/display?path=${path}&op=resize&w=20&force=1`)).bytes();
    });
    return { bytes, wasm };
  };
  expect(await ask("text")).toEqual(await ask("plain"));
});

/** Files with `bomb`, which would inflate to 30 MB, wherever text may stand. */
const TEXTS = {
  jpg: (file: Uint8Array, bomb: Uint8Array) => {
    const names = [
      [0xe1, "http://ns.adobe.com/xap/1.0/\0"],
      [0xed, "Photoshop 3.0\0"],
      [0xfe, ""],
    ] as const;
    const segments = names.flatMap(([code, name]) => segment(code, [...latin(name), ...bomb.subarray(0, 40_000)]));
    return insert(file, 2, segments);
  },
  png: (file: Uint8Array, bomb: Uint8Array) => {
    const texts = [
      ["zTXt", [97, 0, 0]],
      ["iTXt", [97, 0, 1, 0, 0, 0]],
      ["eXIf", []],
    ] as const;
    const chunks = texts.flatMap(([type, start]) => [...chunk(type, Uint8Array.from([...start, ...bomb]))]);
    return insert(file, 33, chunks);
  },
  webp: (file: Uint8Array, bomb: Uint8Array) => {
    const image = file.subarray(12);
    const name = new TextDecoder("latin1").decode(image.subarray(0, 4));
    return webpFile(vp8x(40, 30, 4), [name, image.subarray(8)], ["XMP ", bomb]);
  },
};
