import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import type { Format } from "../../src/codec/codec.ts";
import { DECODERS } from "../../src/codec/codecs.ts";
import { encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { flatJpeg, segment } from "../support/jpeg.ts";
import { interlacedPng } from "../support/png.ts";
import { service } from "../support/service.ts";

const animation = (frameCount: number): Uint8Array => {
  const frame = [...gifControl(1, 5), ...gifImage(0, 0, 2, 3, [1, 2, 3, 4, 5, 6])];
  return gif(2, 3, Array(frameCount).fill(frame));
};

/** Two components in a scan each, then more scans of the first. */
const scanned = (scanCount: number): Uint8Array => {
  const components = [1, 2].map((id) => ({ id, across: 1, down: 1, dc: 1 }));
  const start = flatJpeg({ width: 16, height: 16, components, separate: true }).subarray(0, -2);
  const scan = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0];
  return Uint8Array.from([
    ...start,
    ...Array(scanCount - 2)
      .fill(scan)
      .flat(),
    0xff,
    0xd9,
  ]);
};

const moving = animation(9);
const photo = encode(gradient(300, 200), "jpg");

beforeAll(async () => {
  await env.SOURCE.put("photo.jpg", await photo);
  await env.SOURCE.put("moving.gif", moving);
  for (const count of [5, 64, 65, 256]) await env.SOURCE.put(`${count}.jpg`, scanned(count));
});

/** What a request comes to with a limit of its own: a status, or the code of the failure. */
async function outcome(query: string, vars: Record<string, unknown> = {}) {
  const response = await service({ KVSTORE: undefined, ...vars }).fetch(`/display?${query}&force=1`);
  await (response.status === 200 ? response.arrayBuffer() : undefined);
  return response.status === 200 ? 200 : `${response.status} ${((await response.json()) as { code: string }).code}`;
}

const resize = "path=photo.jpg&op=resize&w=30";
const frames = "path=moving.gif&op=resize&w=2";
/** What reading a file takes, as predicted, at full size and with all frames. */
const predicted = (format: Format, bytes: Uint8Array) => {
  const decoder = DECODERS[format];
  return decoder.workingSetBytes(decoder.readHeader(bytes), { atLeast: undefined, frames: "all" }, bytes.length);
};
const working = predicted("gif", moving);

describe("a limit at its figure, and one past it", () => {
  it.for([
    ["L4", "MAX_SOURCE_PIXELS", 60_000, resize, "422 image_too_large"],
    ["L4", "MAX_SOURCE_PIXELS", 60_000, "path=photo.jpg&op=noop", "422 image_too_large"],
    ["L5", "MAX_WHOLE_BYTES", working, `${frames}&fmt=gif`, "422 image_too_large"],
    ["L6", "MAX_SOURCE_SIDE", 300, resize, "422 image_too_large"],
    ["L7", "MAX_OUTPUT_SIDE", 400, "path=photo.jpg&op=resize&w=400&h=1", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_SIDE", 400, "path=photo.jpg&op=resize&w=400", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_SIDE", 300, "path=photo.jpg&op=noop&fmt=png", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_SIDE", 300, "path=photo.jpg&op=rotate", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_PIXELS", 240, "path=photo.jpg&op=resize&w=20&h=12", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_PIXELS", 260, "path=photo.jpg&op=resize&w=20", "422 output_too_large"],
    ["L7", "MAX_OUTPUT_PIXELS", 240, "path=photo.jpg&op=crop&w=20&h=12", "422 output_too_large"],
    ["L7", "MAX_AVIF_PIXELS", 240, "path=photo.jpg&op=resize&w=20&h=12&fmt=avif", "422 output_too_large"],
    ["L8", "MAX_FRAMES", 9, frames, "422 animation_too_large"],
    ["L8", "MAX_ANIMATION_PIXELS", 54, frames, "422 animation_too_large"],
    ["L8", "MAX_ANIMATION_PIXELS", 9 * 4 * 6, "path=moving.gif&op=resize&w=4", "422 animation_too_large"],
    ["L8", "MAX_FRAMES", 9, "path=moving.gif&op=noop", "422 animation_too_large"],
    ["L9", "MAX_JPEG_SCANS", 5, "path=5.jpg&op=resize&w=8", "422 too_many_scans"],
    ["L9", "MAX_JPEG_SCANS", 5, "path=5.jpg&op=noop", "422 too_many_scans"],
    ["L9", "MAX_JPEG_SCANS", 256, "path=256.jpg&op=resize&w=8", "422 too_many_scans"],
  ] as const)("%s %s=%i: %s", async ([, name, most, query, refusal]) => {
    expect(await outcome(query, { [name]: String(most) })).toBe(200);
    expect(await outcome(query, { [name]: String(most - 1) })).toBe(refusal);
  });

  it.for([
    ["png", interlacedPng(300, 200)],
    ["jpg", scanned(9)],
    ["webp", encode(gradient(300, 200), "webp")],
    ["avif", encode(gradient(300, 200), "avif")],
  ] as const)("L5 MAX_WHOLE_BYTES of a %s", async ([format, file]) => {
    const bytes = await file;
    await env.SOURCE.put("whole", bytes);
    const most = predicted(format, bytes);
    const query = "path=whole&op=noop&fmt=bmp";
    expect(await outcome(query, { MAX_WHOLE_BYTES: most })).toBe(200);
    expect(await outcome(query, { MAX_WHOLE_BYTES: most - 1 })).toBe("422 image_too_large");
  });

  it("L3: MAX_SOURCE_BYTES of a stored source", async () => {
    const { length } = await photo;
    expect(await outcome(resize, { MAX_SOURCE_BYTES: length })).toBe(200);
    expect(await outcome(resize, { MAX_SOURCE_BYTES: length - 1 })).toBe("413 source_too_large");
  });

  it("L8: an animation beyond the limits still gives a still", async () => {
    const limits = { MAX_FRAMES: "1", MAX_ANIMATION_PIXELS: "6" };
    expect(await outcome(`${frames}&fmt=png`, limits)).toBe(200);
    expect(await outcome(frames, limits)).toBe("422 animation_too_large");
  });

  it.for([
    ["L8", "MAX_FRAMES", 9, "moving.gif", "422 animation_too_large"],
    ["L8", "MAX_ANIMATION_PIXELS", 54, "moving.gif", "422 animation_too_large"],
    ["L9", "MAX_JPEG_SCANS", 5, "5.jpg", "422 too_many_scans"],
    ["L4", "MAX_SOURCE_PIXELS", 256, "5.jpg", "422 image_too_large"],
    ["L6", "MAX_SOURCE_SIDE", 16, "5.jpg", "422 image_too_large"],
  ] as const)("%s of an upload, which keeps nothing beyond: %s=%i %s", async ([, name, most, file, refusal]) => {
    const bytes = (await (await env.SOURCE.get(file))?.bytes()) ?? new Uint8Array();
    const upload = async (limit: number, as: string) => {
      const body = new FormData();
      body.set("data", new File([bytes], as));
      const vars = { ENABLE_UPLOAD: "1", UPLOAD_OPEN: "1", [name]: String(limit) };
      const response = await service(vars).fetch("/upload", { method: "POST", body });
      return response.status === 200 ? 200 : `${response.status} ${((await response.json()) as { code: string }).code}`;
    };
    expect(await upload(most - 1, `refused-${name}-${file}`)).toBe(refusal);
    expect(await env.SOURCE.head(`refused-${name}-${file}`)).toBeNull();
    expect(await upload(most, `kept-${name}-${file}`)).toBe(200);
    expect(await env.SOURCE.head(`kept-${name}-${file}`)).not.toBeNull();
  });

  it("L16: MAX_UPLOAD_BYTES, of the body as a whole", async () => {
    const data = new FormData();
    data.set("data", new File([await photo], "a.jpg"));
    const { headers, body } = new Request("https://x.test", { method: "POST", body: data });
    const bytes = await new Response(body).bytes();
    const send = async (most: number) => {
      const vars = { ENABLE_UPLOAD: "1", UPLOAD_OPEN: "1", MAX_UPLOAD_BYTES: most };
      const init = { method: "POST", body: bytes, headers: { "content-type": headers.get("content-type") ?? "" } };
      return (await service(vars).fetch("/upload", init)).status;
    };
    expect([await send(bytes.length), await send(bytes.length - 1)]).toEqual([200, 413]);
  });
});

describe("a limit as shipped", () => {
  const url = (length: number) => {
    const start = "/display?path=photo.jpg&op=resize&w=30&x=1&zzz=";
    return `${start}${"z".repeat(length - start.length)}`;
  };
  const repeated = (text: string, count: number) => Array(count).fill(text).join("&");

  it.for([
    ["L1: a URL of 8,192 bytes", url(8_192), 200],
    ["L1: a URL of 8,193 bytes", url(8_193), 414],
    ["L2: 64 parameters", `/display?path=photo.jpg&op=resize&w=30&${repeated("a=1", 61)}`, 200],
    ["L2: 65 parameters", `/display?path=photo.jpg&op=resize&w=30&${repeated("a=1", 62)}`, 400],
    ["L2: 16 operations", `/display?path=photo.jpg&${repeated("op=noop", 16)}`, 200],
    ["L2: 17 operations", `/display?path=photo.jpg&${repeated("op=noop", 17)}`, 400],
    ["L2: 17 operations, one in the path", `/display/noop/x/photo.jpg?${repeated("op=noop", 16)}`, 400],
    ["L7: a side of 8,192", "/display?path=photo.jpg&op=resize&w=8192&h=1", 200],
    ["L7: a side of 8,193", "/display?path=photo.jpg&op=resize&w=8193&h=1", 422],
    ["L7: 12,000,001 pixels", "/display?path=photo.jpg&op=resize&w=4001&h=3000", 422],
    ["L9: 64 scans", "/display?path=64.jpg&op=resize&w=8", 200],
    ["L9: 65 scans", "/display?path=65.jpg&op=resize&w=8", 422],
    ["G6: a side of 65,535", "/display?path=photo.jpg&op=resize&w=65535", 422],
    ["G6: a side of 65,536", "/display?path=photo.jpg&op=resize&w=65536", 400],
  ] as const)("%s", async ([, path, status]) => {
    const response = await service().fetch(path);
    expect(response.status).toBe(status);
    await response.body?.cancel();
  });

  /** What a request comes to, and the calls of bindings on the way. */
  const touches = async (query: string, vars = {}) => {
    const touched: string[] = [];
    const touch = async (call: string) => {
      touched.push(call);
      throw new Error("There is nothing here");
    };
    const spy = (name: string) => new Proxy({}, { get: (_, method) => () => touch(`${name} ${String(method)}`) });
    const bindings = { SOURCE: spy("source"), DESTINATION: spy("destination"), KEYS: spy("keys") };
    const { status } = await service({ ...bindings, ...vars }).fetch(`/display?path=photo.jpg&op=resize&${query}`);
    return { status, touched };
  };

  it.for(["w=8193&h=1", "w=4001&h=3000", "w=8193", "op=op:resize+w:8193+h:1"])(
    "L7: %s touches neither source nor storage",
    async (query) => {
      expect(await touches(query)).toEqual({ status: 422, touched: [] });
    },
  );

  it.for([
    ["w=1500&h=2001&fmt=avif", {}],
    ["w=1500&h=2001", { FORMAT: "avif" }],
    ["w=1500&h=2001&op=flip&pos=h&fmt=avif", {}],
  ] as const)("L7: an AVIF of more than 3,000,000 pixels touches neither: %s %o", async ([query, vars]) => {
    expect(await touches(query, vars)).toEqual({ status: 422, touched: [] });
  });

  it.for([
    "w=1500&h=2000&fmt=avif",
    "w=1500&h=2001&fmt=jpg",
    "w=1500&h=2001&upscale=0&fmt=avif",
    "op=op:fit+w:1500+h:2001&fmt=avif",
    "op=op:resize+w:1500+h:2001&op=op:crop+w:9&fmt=avif",
  ])("L7: what may stay below 3,000,000 pixels is looked up: %s", async (query) => {
    expect((await touches(query)).touched).not.toEqual([]);
  });

  it.for([
    ["MAX_OUTPUT_SIDE", "0"],
    ["MAX_OUTPUT_SIDE", "16385"],
    ["MAX_SOURCE_BYTES", "-1"],
    ["MAX_FRAMES", "1e3"],
    ["MAX_JPEG_SCANS", "257"],
    ["MAX_REDIRECTS", "many"],
    ["DECODE_BUDGET_BYTES", "1"],
  ] as const)("%s=%s stops the start, and is named", async ([name, value]) => {
    const response = await service({ [name]: value }).fetch("/healthcheck");
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      500,
      expect.stringContaining(name),
    ]);
  });
});
