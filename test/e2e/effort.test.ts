import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeResponse } from "../support/decode.ts";
import { encode } from "../support/drawings.ts";
import { service } from "../support/service.ts";
import { picture } from "../support/webp.ts";

beforeAll(async () => void (await env.SOURCE.put("effort.png", await encode(picture(400, 300, false), "png"))));

const made = "/display?path=effort.png&op=resize&w=300&q=80";
const bytesOf = async (path: string, vars = {}) => (await service(vars).fetch(path)).bytes();

describe("effort", () => {
  it.for(["jpg", "webp", "png"])("max gives a smaller %s", async (format) => {
    const normal = await bytesOf(`${made}&fmt=${format}`);
    expect((await bytesOf(`${made}&fmt=${format}&effort=max`)).length).toBeLessThan(normal.length);
    expect(await bytesOf(`${made}&fmt=${format}&effort=normal`)).toEqual(normal);
  });

  it("max gives another avif", async () => {
    const normal = await bytesOf(`${made}&fmt=avif`);
    expect(await bytesOf(`${made}&fmt=avif&effort=max`)).not.toEqual(normal);
  });

  it.for(["gif", "bmp"])("max changes nothing of a %s", async (format) => {
    expect(await bytesOf(`${made}&fmt=${format}&effort=max`)).toEqual(await bytesOf(`${made}&fmt=${format}`));
  });

  it("is what EFFORT says where the request says nothing", async () => {
    const progressive = async (path: string, vars: Record<string, string>) =>
      (await decodeResponse(await service(vars).fetch(path))).header.progressive;
    expect(await progressive(`${made}&fmt=jpg&force=1`, { EFFORT: "max" })).toBe(true);
    expect(await progressive(`${made}&fmt=jpg&effort=normal`, { EFFORT: "max" })).toBe(false);
    expect(await progressive(`${made}&fmt=jpg&force=1`, {})).toBe(false);
  });

  it.for(["", "high", "MAX", "6"])("%o is 400 invalid_parameter", async (text) => {
    const response = await service().fetch(`${made}&effort=${text}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "invalid_parameter" });
  });

  it("is part of the key, and a request without it keeps its own", async () => {
    const keyOf = async (path: string) => (await (await service().fetch(path)).json<{ key: string }>()).key;
    const path = "/get?path=effort.png&op=resize&w=300&q=80";
    const [without, max] = [await keyOf(path), await keyOf(`${path}&effort=max`)];
    expect(max).not.toBe(without);
    expect(await keyOf("/get?w=300&op=resize&q=80&path=effort.png")).toBe(without);
  });
});
