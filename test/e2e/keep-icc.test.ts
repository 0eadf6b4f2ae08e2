import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { DECODERS } from "../../src/codec/codecs.ts";
import { embedProfile } from "../../src/codec/embed-profile.ts";
import { sniffFormat } from "../../src/codec/sniff.ts";
import { decode } from "../support/decode.ts";
import { draw, encode, gradient } from "../support/drawings.ts";
import { buildProfile, gamma, lut8, p3Profile, srgbProfile } from "../support/icc.ts";
import { flatJpeg } from "../support/jpeg.ts";
import { service } from "../support/service.ts";
import { libwebpDecode } from "../support/webp.ts";

const keeping = service({ KVSTORE: undefined, KEEP_ICC: "1" });
const converting = service({ KVSTORE: undefined });
const HOLDERS = ["jpg", "png", "webp"] as const;
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

const put = (name: string, bytes: Uint8Array) => env.SOURCE.put(name, bytes);

function withProfile(file: Uint8Array, profile: Uint8Array): Uint8Array {
  const format = sniffFormat(file);
  const bytes = format && embedProfile(file, format, profile);
  if (!bytes) throw new Error("This format holds no profile");
  return bytes;
}

/** `profile` with zeros behind its tags, and a size of `bytes`. */
function padded(profile: Uint8Array, bytes: number): Uint8Array {
  const large = new Uint8Array(bytes);
  large.set(profile);
  new DataView(large.buffer).setUint32(0, bytes);
  return large;
}

/** A colour that Display P3 shows stronger than sRGB does: three numbers of it change when it is converted. */
const picture = draw(40, 30, (x, y) => [200 - x, 60 + y, 40]);
const gray = draw(40, 30, (x) => [x * 6, x * 6, x * 6]);
const ink = buildProfile({
  ...{ kind: "prtr", space: "CMYK", pcs: "Lab " },
  tags: { A2B0: lut8(4, (inks) => [255 * (1 - Math.max(...inks)), 128, 128]) },
});
const components = [1, 2, 3, 4].map((id) => ({ id, across: 1, down: 1, dc: id }));

beforeAll(async () => {
  for (const format of HOLDERS) {
    const file = await encode(picture, format);
    await put(`plain.${format}`, file);
    await put(`p3.${format}`, withProfile(file, p3Profile));
    await put(`srgb.${format}`, withProfile(file, srgbProfile));
    await put(`largest.${format}`, withProfile(file, padded(p3Profile, MAX_PROFILE_BYTES)));
    await put(`too-large.${format}`, withProfile(file, padded(p3Profile, MAX_PROFILE_BYTES + 1)));
    await put(`gray-pixels.${format}`, withProfile(await encode(gray, format), p3Profile));
  }
  await put("cmyk.jpg", withProfile(flatJpeg({ width: 16, height: 16, components }), ink));
  const luminance = buildProfile({ space: "GRAY", tags: { kTRC: gamma(1) } });
  await put("gray.jpg", withProfile(flatJpeg({ width: 16, height: 16, components: [components[2]] }), luminance));
  await put("gray.png", withProfile(await encode(gray, "png"), luminance));
});

async function made(query: string, asked = keeping): Promise<Uint8Array> {
  const response = await asked.fetch(`/display?${query}&force=1`);
  expect(response.status).toBe(200);
  return response.bytes();
}

async function profileOf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const format = sniffFormat(bytes);
  return format && DECODERS[format].readProfile(bytes);
}

const pixelsOf = async (bytes: Uint8Array) => (await decode(bytes)).image.data;

describe("C1: KEEP_ICC", () => {
  const pairs = HOLDERS.flatMap((from) => HOLDERS.map((to) => [from, to] as const));

  it.for(pairs)("keeps the profile of a %s in a %s, and pixels as they are", async ([from, to]) => {
    for (const op of ["op=resize&w=20", "op=rotate", "op=noop"]) {
      const kept = await made(`path=p3.${from}&${op}&fmt=${to}`);
      expect(await profileOf(kept)).toEqual(p3Profile);
      const plain = await made(`path=plain.${from}&${op}&fmt=${to}`);
      expect(await profileOf(plain)).toBeUndefined();
      expect(await pixelsOf(kept)).toEqual(await pixelsOf(plain));
    }
  });

  it.for(HOLDERS)("is off by default: a %s is converted, its profile dropped", async (format) => {
    const converted = await made(`path=p3.${format}&op=resize&w=20&fmt=png`, converting);
    expect(await profileOf(converted)).toBeUndefined();
    expect(await pixelsOf(converted)).not.toEqual(
      await pixelsOf(await made(`path=p3.${format}&op=resize&w=20&fmt=png`)),
    );
  });

  it.for(HOLDERS)("keeps an original %s to the byte, but for what is not its picture", async (format) => {
    expect(await pixelsOf(await made(`path=p3.${format}&op=noop`))).toEqual(
      await pixelsOf(await made(`path=plain.${format}&op=noop`)),
    );
    expect(await profileOf(await made(`path=p3.${format}&op=noop`))).toEqual(p3Profile);
    expect(await profileOf(await made(`path=srgb.${format}&op=noop`))).toEqual(srgbProfile);
  });

  it.for(["avif", "gif", "bmp"])("converts for %s, which is not given one", async (format) => {
    const query = `path=p3.png&op=resize&w=20&fmt=${format}`;
    expect(await made(query)).toEqual(await made(query, converting));
  });

  it.for(["cmyk.jpg", "gray.jpg", "gray.png"])("converts %s: no result is of that kind", async (name) => {
    for (const query of [`path=${name}&op=resize&w=8`, `path=${name}&op=noop&fmt=png`, `path=${name}&op=noop`]) {
      const bytes = await made(query);
      expect(await profileOf(bytes)).toBeUndefined();
      expect(bytes).toEqual(await made(query, converting));
    }
  });

  it("converts what other pictures are drawn on", async () => {
    const query = `path=p3.png&op=noop&op=${encodeURIComponent("op:flat pos:0.0.50.50 path:plain.png")}`;
    expect(await made(query)).toEqual(await made(query, converting));
  });

  it("writes a gray PNG as RGB, which its profile is for", async () => {
    const colourType = async (name: string) => (await made(`path=${name}&op=resize&w=20&fmt=png`))[25];
    expect([2, 3]).toContain(await colourType("gray-pixels.jpg"));
    expect([0, 3]).toContain(await colourType("gray.png"));
  });

  it("writes WebP that libwebp reads", async () => {
    const bytes = await made("path=p3.png&op=resize&w=31&h=21&fmt=webp");
    expect(libwebpDecode(bytes)).toMatchObject({ width: 31, height: 21 });
  });

  it("leaves out what stands behind the profile's own size", async () => {
    const canary = new TextEncoder().encode("canary-7f3a91");
    const longer = Uint8Array.from([...p3Profile, ...canary]);
    for (const format of HOLDERS) {
      await put("longer", withProfile(await encode(picture, format), longer));
      for (const query of ["path=longer&op=noop", "path=longer&op=resize&w=9&fmt=jpg"])
        expect(await profileOf(await made(query))).toEqual(p3Profile);
    }
  });

  it.for(HOLDERS)("L10: a %s keeps a profile of 4 MiB, and is served without a larger one", async (format) => {
    const query = "op=resize&w=20&fmt=png";
    const largest = await made(`path=largest.${format}&${query}`);
    expect((await profileOf(largest))?.length).toBe(MAX_PROFILE_BYTES);
    expect(await made(`path=too-large.${format}&${query}`)).toEqual(await made(`path=plain.${format}&${query}`));
  });

  it("is no part of a key: what is stored stays", async () => {
    const url = "/display?path=p3.png&op=resize&w=22";
    const first = await (await service().fetch(url)).bytes();
    const second = await service({ KEEP_ICC: "1" }).fetch(url);
    expect([second.headers.get("x-cache"), await second.bytes()]).toEqual(["stored", first]);
  });
});

it("embedProfile() splits a profile over as many JPEG segments as it takes", async () => {
  const file = await encode(gradient(8, 8), "jpg");
  for (const bytes of [65_519, 65_520, 200_000]) {
    const profile = padded(p3Profile, bytes);
    expect(await profileOf(withProfile(file, profile))).toEqual(profile);
  }
});
