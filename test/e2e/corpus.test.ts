import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import type { RawImage } from "../../src/transform/image.ts";
import { gridMeans, meanDifference } from "../support/compare.ts";
import { type CorpusFile, corpusFiles, hasCorpus, readCorpus } from "../support/corpus.ts";
import { decode } from "../support/decode.ts";
import { service } from "../support/service.ts";
import { peakWasmBytesOf } from "../support/wasm-memory.ts";

/** Above this a picture is compared at reduced size: MAX_OUTPUT_PIXELS. */
const MAX_WHOLE_PIXELS = 8_000_000;
const REDUCED_WIDTH = 1_000;
const MIB = 1024 * 1024;
const LISTED_STATUSES = [200, 400, 404, 413, 415, 422];

const pictures = service({
  STORAGE: { src: { type: "r2", binding: "SOURCE" }, dst: { type: "r2", binding: "DESTINATION" } },
  KVSTORE: undefined,
});

interface Outcome {
  readonly file: CorpusFile;
  readonly status: number;
  readonly code: string;
  /** WASM memory that it took at most at a time. */
  readonly peakBytes: number;
  /** Why the outcome is not what the manifest says; empty where it is. */
  readonly fault: string;
}

/** What the picture looks like once decoded by the Worker, as a lossless file. */
async function look(file: CorpusFile): Promise<Outcome> {
  await env.SOURCE.put("picture", await readCorpus(file.file));
  let outcome: Omit<Outcome, "peakBytes"> | undefined;
  const { peak } = await peakWasmBytesOf(async () => {
    outcome = await ask(file);
  });
  if (!outcome) throw new Error("Nothing was asked");
  return { ...outcome, peakBytes: peak };
}

async function ask(file: CorpusFile): Promise<Omit<Outcome, "peakBytes">> {
  const pixels = (file.width ?? 0) * (file.height ?? 0);
  const operation = pixels > MAX_WHOLE_PIXELS ? `resize&w=${REDUCED_WIDTH}` : "noop";
  const response = await pictures.fetch(`/display?path=picture&op=${operation}&fmt=png&force=1`);
  const { status } = response;
  if (status !== 200) {
    const { code, detail } = (await response.json()) as { code: string; detail: string };
    return { file, status, code, fault: faultOfStatus(file, status, detail) };
  }
  const fault = faultOfStatus(file, status, "") || faultOfPixels(file, (await decode(await response.bytes())).image);
  return { file, status, code: "", fault };
}

function faultOfStatus({ expected }: CorpusFile, status: number, detail: string): string {
  if (!LISTED_STATUSES.includes(status)) return `status ${status}`;
  if (expected === "decode" && status !== 200) return `${status}: ${detail}`;
  if (expected === "error" && status === 200) return "shown, although it is no picture";
  if (expected === "limit" && status !== 413 && status !== 422) return `status ${status}, expected a limit`;
  if (expected === "unsupported" && status !== 415) return `status ${status}, expected 415`;
  if (expected === "decode-or-unsupported" && ![200, 415, 422].includes(status)) return `status ${status}`;
  return "";
}

function faultOfPixels(file: CorpusFile, image: RawImage): string {
  const { expected, width, height, ref_grid, ref_rgb, tolerance = 0 } = file;
  if (!width || !height) return "";
  const scale = width * height > MAX_WHOLE_PIXELS ? REDUCED_WIDTH / width : 1;
  const wanted = `${Math.round(width * scale)}x${Math.max(1, Math.floor(height * scale + 0.5))}`;
  if (`${image.width}x${image.height}` !== wanted) return `size ${image.width}x${image.height}, expected ${wanted}`;
  if (expected !== "decode" || !ref_grid || !ref_rgb) return "";
  const difference = meanDifference(gridMeans(image, ref_grid), ref_rgb);
  return difference > tolerance ? `differs by ${difference.toFixed(2)}, tolerance ${tolerance}` : "";
}

describe.skipIf(!hasCorpus)("corpus", () => {
  const outcomes: Outcome[] = [];

  beforeAll(async () => {
    for (const file of await corpusFiles(() => true)) outcomes.push(await look(file));
    for (const { file, fault } of outcomes) if (fault) console.log(`${file.file} (${file.expected}): ${fault}`);
  }, 600_000);

  it("has the outcome that the manifest says for 98 % of all files", () => {
    const wrong = outcomes.filter(({ fault }) => fault !== "" && !/differs|size/.test(fault));
    console.log(`outcomes right: ${outcomes.length - wrong.length} of ${outcomes.length}`);
    expect(wrong.length).toBeLessThanOrEqual(outcomes.length * 0.02);
  });

  it("shows 98 % of the decodable files in the right size and colours", () => {
    const decodable = outcomes.filter(({ file }) => file.expected === "decode");
    const wrong = decodable.filter(({ fault }) => fault !== "");
    console.log(`pictures right: ${decodable.length - wrong.length} of ${decodable.length}`);
    expect(wrong.length).toBeLessThanOrEqual(decodable.length * 0.02);
  });

  it("takes no more than 100 MiB of WASM memory for any file", () => {
    const heaviest = outcomes.toSorted((a, b) => b.peakBytes - a.peakBytes).slice(0, 5);
    for (const { file, peakBytes } of heaviest)
      console.log(`${file.file}: ${(peakBytes / MIB).toFixed(1)} MiB of WASM`);
    expect(heaviest[0].peakBytes).toBeLessThanOrEqual(100 * MIB);
  });

  it("answers nothing but 200 and listed 4xx", () => {
    expect(outcomes.filter(({ status }) => !LISTED_STATUSES.includes(status))).toEqual([]);
  });

  it("lets no metadata through, whatever the operation", async () => {
    const marks = /<script|alert\(|ns\.adobe\.com|Exif\0|ICC_PROFILE|Photoshop|xpacket|onclick|onmouseover/;
    // Two files spell a script with their coded pixels: shown as they are, they hold it still.
    const isPixels = (file: string, query: string) => file.includes("-ecs.jpg") && query === "op=noop";
    const files = await corpusFiles(
      ({ category, features }) => /polyglot|gps|exif|icc/.test(category) || features.includes("xmp"),
    );
    for (const { file } of files) {
      await env.SOURCE.put("picture.jpg", await readCorpus(file));
      for (const query of [
        "op=noop",
        "op=resize&w=100",
        "op=thumbnail&w=50&h=50&fmt=png",
        "op=resize&w=60&fmt=webp",
        "op=resize&w=60&fmt=gif",
      ]) {
        const response = await pictures.fetch(`/display?path=picture.jpg&${query}&force=1`);
        const bytes = new TextDecoder("latin1").decode(await response.bytes());
        if (response.status === 200 && !isPixels(file, query))
          expect([file, query, marks.exec(bytes)?.[0]]).toEqual([file, query, undefined]);
      }
    }
  }, 300_000);
});
