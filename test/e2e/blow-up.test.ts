import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeResponse } from "../support/decode.ts";
import { corners, encode, gradient } from "../support/drawings.ts";
import { gif, gifControl, gifImage } from "../support/gif.ts";
import { service } from "../support/service.ts";

const open = service({ KVSTORE: undefined });

const animation = (frameCount: number): Uint8Array => {
  const frame = [...gifControl(1, 5), ...gifImage(0, 0, 1, 1, [1])];
  return gif(1, 1, Array(frameCount).fill(frame));
};

beforeAll(async () => {
  await env.SOURCE.put("corners.png", await encode(corners(300, 200), "png"));
  await env.SOURCE.put("tall.png", await encode(gradient(10, 20_000), "png"));
  await env.SOURCE.put("animation.gif", animation(50));
});

const chain = (...operations: string[]) => operations.map((text) => `op=${encodeURIComponent(text)}`).join("&");

const outcome = async (query: string, asked = open) => {
  const response = await asked.fetch(`/display?${query}`);
  if (response.status !== 200) return [response.status, ((await response.json()) as { code: string }).code];
  const { header } = await decodeResponse(response);
  return [response.status, `${header.width}x${header.height}`];
};

describe("no request passes through more pixels than it could ask for", () => {
  it.for([
    // 1,000 x 2,000,000 in between
    [`path=tall.png&${chain("op:resize w:1000", "op:crop w:10 h:10")}`, 422, "output_too_large"],
    [`path=tall.png&${chain("op:resize w:8192", "op:resize w:1 h:1")}`, 422, "output_too_large"],
    [`path=tall.png&${chain("op:resize w:8192", "op:rotate", "op:resize w:1 h:1")}`, 422, "output_too_large"],
    [`path=corners.png&${chain("op:resize h:8000", "op:crop w:10 h:10")}`, 422, "output_too_large"],
    [`path=corners.png&${chain("op:resize w:4242", "op:crop w:10 h:10")}`, 200, "10x10"],
    [`path=corners.png&${chain("op:resize w:4244", "op:crop w:10 h:10")}`, 422, "output_too_large"],
    // What is only cut or shrunk may be larger than that on the way.
    [`path=tall.png&${chain("op:resize w:9", "op:crop w:5 h:5")}`, 200, "5x5"],
  ] as const)("in a chain: %s is %i %s", async ([query, status, result]) => {
    expect(await outcome(query)).toEqual([status, result]);
  });

  it("in a thumbnail that covers its box many times", async () => {
    expect(await outcome("path=tall.png&op=thumbnail&w=3000&h=1000")).toEqual([200, "3000x1000"]);
  });

  it.for([
    ["w=1000&h=1000", 200, "1000x1000"],
    ["w=1000&h=1001", 422, "animation_too_large"],
    ["w=3000&h=3000&fmt=png", 200, "3000x3000"],
    [`w=3000&h=3000&op=${encodeURIComponent("op:resize w:1 h:1")}`, 422, "animation_too_large"],
  ] as const)("in the frames of an animation: 50 at %s is %i %s", async ([query, status, result]) => {
    expect(await outcome(`path=animation.gif&op=resize&${query}`)).toEqual([status, result]);
  });

  it("in the turns that a blur keeps apart", async () => {
    const small = service({ KVSTORE: undefined, MAX_WHOLE_BYTES: "9000000" });
    const [enlarge, blur, turn] = ["op:resize w:1200", "op:effect filter:blur", "op:rotate"];
    const made = (...operations: string[]) => outcome(`path=corners.png&${chain(enlarge, ...operations)}`, small);
    expect(await made(blur, turn)).toEqual([200, "800x1200"]);
    expect(await made(blur, turn, blur, turn)).toEqual([422, "image_too_large"]);
  });

  it.for([
    // 2,000 x 4,000,000: 32 GB
    ["op:flat stick:top-left w:2000 path:tall.png", 422, "output_too_large"],
    ["op:flat stick:top-left w:4 path:tall.png", 200, "300x200"],
    ["op:flat stick:top-left w:3000 h:4000 path:corners.png", 200, "300x200"],
    ["op:flat stick:top-left w:3000 h:2001 path:corners.png path:tall.png", 422, "output_too_large"],
    [`op:flat pos:0.0.100.100${" path:corners.png".repeat(16)}`, 200, "300x200"],
    [`op:flat pos:0.0.100.100${" path:corners.png".repeat(17)}`, 400, "too_many_operations"],
  ] as const)("in pictures that are drawn over another: %s is %i %s", async ([flat, status, result]) => {
    expect(await outcome(`path=corners.png&${chain("op:noop", flat)}`)).toEqual([status, result]);
  });

  it("in the files of drawn pictures, which count as one source", async () => {
    const sizes = await Promise.all(["corners.png", "tall.png"].map((name) => env.SOURCE.head(name)));
    const bytes = sizes.reduce((sum, object) => sum + (object?.size ?? 0), 0);
    const draw = `path=corners.png&${chain("op:noop", "op:flat pos:0.0.9.9 path:corners.png path:tall.png")}`;
    const limited = (most: number) => service({ KVSTORE: undefined, MAX_SOURCE_BYTES: String(most) });
    expect(await outcome(`${draw}&force=1`, limited(bytes))).toEqual([200, "300x200"]);
    expect(await outcome(`${draw}&force=1`, limited(bytes - 1))).toEqual([413, "source_too_large"]);
  });

  it("in decoding: a picture drawn over every frame is decoded once", async () => {
    const start = performance.now();
    const frames = `path=animation.gif&${chain("op:resize w:100", "op:flat stick:top-left w:3000 path:corners.png")}`;
    expect(await outcome(frames)).toEqual([200, "100x100"]);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
