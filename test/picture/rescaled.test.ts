import { describe, it } from "vitest";
import { readJpegProfile } from "../../src/codec/jpeg/profile.ts";
import { readConfig } from "../../src/env.ts";
import { OPERATIONS } from "../../src/operation/operations.ts";
import { readValues } from "../../src/operation/values.ts";
import { derive } from "../../src/picture/derive.ts";
import { createBudget } from "../../src/platform/budget.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { decode } from "../support/decode.ts";
import { encode, gradient } from "../support/drawings.ts";
import { p3Profile, srgbProfile } from "../support/icc.ts";
import { flatJpeg, segment } from "../support/jpeg.ts";

const config = readConfig({});
const { limits, background } = config;

/** An operation as a URL has it, such as `resize w=100 h=50`. */
function operationOf(text: string) {
  const [name, ...values] = text.split(" ");
  const operation = OPERATIONS.get(name);
  if (!operation) throw new Error(`No operation ${name}`);
  const given = new Map(values.map((value) => value.split("=") as [string, string]));
  return operation.read(readValues((name) => given.get(name), []));
}

/** What became of `bytes`, the way it went, and what was reserved for it. */
async function derived(
  bytes: Uint8Array,
  operations: readonly string[],
  format: "jpg" | "png" = "jpg",
  { limits = config.limits, keepProfile = false } = {},
) {
  const roads: string[] = [];
  const reserved: number[] = [];
  const budget = createBudget(limits, systemClock);
  const result = await derive(
    bytes,
    {
      operations: operations.map(operationOf),
      original: false,
      format: () => format,
      quality: 90,
      effort: config.effort,
      background,
      keepProfile,
    },
    {
      ...{ limits, maxImageDimensions: undefined },
      budget: {
        ...budget,
        run: (held, work) => {
          reserved.push(held);
          return budget.run(held, work);
        },
      },
      loadForeground: async () => new Uint8Array(),
      time: (_step, work) => work(),
      describe: (road) => roads.push(road),
    },
  );
  return { result, roads, reserved };
}

const photo = await encode(gradient(400, 300), "jpg");

describe("the way of planes", () => {
  it.for([
    [["resize w=50"], "jpg planes 1/4 resample > jpg", [50, 38]],
    [["thumbnail w=100 h=100"], "jpg planes 1/2 resample > jpg", [100, 100]],
    [["crop x=10 y=20 w=30 h=40"], "jpg planes 1/1 crop > jpg", [30, 40]],
    [["resize w=50", "rotate deg=90"], "jpg planes 1/4 resample orient > jpg", [38, 50]],
    [["flip pos=h"], "jpg planes 1/1 orient > jpg", [400, 300]],
    [["noop"], "jpg planes 1/1 > jpg", [400, 300]],
  ] as const)("is that of %o", async ([operations, road, size], { expect }) => {
    const { result, roads, reserved } = await derived(photo, operations);
    expect(roads).toEqual([road]);
    expect(result).toMatchObject({ mime: "image/jpeg", extension: "jpg" });
    const { image } = await decode(result.bytes);
    expect([image.width, image.height]).toEqual(size);
    expect(reserved.length).toBe(1);
    expect(reserved[0]).toBeGreaterThan(photo.length + result.bytes.length + 200_000);
  });

  it.for([
    [["resize w=50", "resize w=20"], "jpg", "jpg planes 1/4 resample resample > jpg"],
    [["resize w=50", "effect filter=blur"], "jpg", "jpg planes 1/4 resample blur > jpg"],
    [["resize w=50", "rotate deg=90"], "png", "jpg planes 1/4 resample orient > png"],
    [["effect filter=blur"], "jpg", "jpg 1/1 blur > jpg"],
    [["crop w=30 h=30"], "png", "jpg 1/1 crop > png"],
  ] as const)("ends early for %o to %s", async ([operations, format, road], { expect }) => {
    expect((await derived(photo, operations, format)).roads).toEqual([road]);
  });

  it("is not that of a PNG", async ({ expect }) => {
    const { roads } = await derived(await encode(gradient(40, 30), "png"), ["resize w=20"]);
    expect(roads).toEqual(["png 1/1 resample > jpg"]);
  });

  const three = [1, 2, 3].map((id) => ({ id, across: 1, down: 1, dc: 1 }));
  const inProfile = (profile: Uint8Array) => {
    const name = Array.from("ICC_PROFILE\0", (letter) => letter.charCodeAt(0));
    const extra = [segment(0xe2, [...name, 1, 1, ...profile])];
    return flatJpeg({ width: 60, height: 40, components: three, extra });
  };

  it("is not that of colours that have to be converted", async ({ expect }) => {
    expect((await derived(inProfile(p3Profile), ["resize w=30"])).roads).toEqual(["jpg 1/1 resample > jpg"]);
    const kept = await derived(inProfile(p3Profile), ["resize w=30"], "jpg", { keepProfile: true });
    expect(kept.roads).toEqual(["jpg planes 1/1 resample > jpg"]);
    expect(readJpegProfile(kept.result.bytes)).toEqual(p3Profile);
    expect((await derived(inProfile(srgbProfile), ["resize w=30"])).roads).toEqual(["jpg planes 1/1 resample > jpg"]);
  });

  it("is not taken where it needs more memory than is allowed", async ({ expect }) => {
    const { roads } = await derived(photo, ["resize w=50"], "jpg", {
      limits: { ...limits, maxWholeBytes: 400_000 },
    });
    expect(roads).toEqual(["jpg 1/4 resample > jpg"]);
  });
});
