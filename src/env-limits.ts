import { type Env, readInteger } from "./var.ts";

/** security.md 2. Bytes, pixels, milliseconds, counts. */
export type Limits = { readonly [K in keyof typeof LIMITS]: number };

/** Name of the variable, what it is when absent, and its bounds. */
const LIMITS = {
  maxUrlBytes: ["MAX_URL_BYTES", 8_192, 64, 65_536],
  maxParameters: ["MAX_PARAMS", 64, 1, 1_000],
  maxOperations: ["MAX_OPS", 16, 1, 100],
  maxSourceBytes: ["MAX_SOURCE_BYTES", 26_214_400, 1, 104_857_600],
  maxSourcePixels: ["MAX_SOURCE_PIXELS", 50_000_000, 1, 200_000_000],
  maxWholeBytes: ["MAX_WHOLE_BYTES", 67_108_864, 1, 100_663_296],
  maxSourceSide: ["MAX_SOURCE_SIDE", 30_000, 1, 65_535],
  maxOutputSide: ["MAX_OUTPUT_SIDE", 8_192, 1, 16_384],
  maxOutputPixels: ["MAX_OUTPUT_PIXELS", 12_000_000, 1, 50_000_000],
  maxAvifPixels: ["MAX_AVIF_PIXELS", 3_000_000, 1, 50_000_000],
  maxFrames: ["MAX_FRAMES", 500, 1, 10_000],
  maxAnimationPixels: ["MAX_ANIMATION_PIXELS", 50_000_000, 1, 500_000_000],
  maxJpegScans: ["MAX_JPEG_SCANS", 64, 1, 256],
  sourceTimeoutMs: ["SOURCE_TIMEOUT_MS", 10_000, 10, 60_000],
  sourceHeadersTimeoutMs: ["SOURCE_HEADERS_TIMEOUT_MS", 5_000, 10, 60_000],
  sourceSilenceMs: ["SOURCE_SILENCE_MS", 5_000, 10, 60_000],
  maxRedirects: ["MAX_REDIRECTS", 3, 0, 10],
  decodeBudgetBytes: ["DECODE_BUDGET_BYTES", 83_886_080, 1_048_576, 125_829_120],
  maxWaiting: ["MAX_WAITING", 16, 0, 1_000],
  maxWaitMs: ["MAX_WAIT_MS", 10_000, 0, 30_000],
  maxUploadBytes: ["MAX_UPLOAD_BYTES", 26_214_400, 1, 104_857_600],
} as const satisfies Record<string, readonly [string, number, number, number]>;

/** @throws ConfigError */
export function readLimits(env: Env): Limits {
  const read = ([name, absent, least, most]: readonly [string, number, number, number]) =>
    readInteger(env, name, absent, least, most);
  return Object.fromEntries(Object.entries(LIMITS).map(([limit, row]) => [limit, read(row)])) as Limits;
}
