import { inject } from "vitest";
import type { Format } from "../../src/codec/codec.ts";
import type {} from "./provided.ts";

/** One row of the corpus manifest. */
export interface CorpusFile {
  readonly file: string;
  readonly format: Exclude<Format, "jpg"> | "jpeg" | string | null;
  readonly category: string;
  readonly features: readonly string[];
  readonly expected:
    | "decode"
    | "decode-or-error"
    | "error"
    | "limit"
    | "decode-or-limit"
    | "decode-or-unsupported"
    | "unsupported";
  /** Size once oriented. */
  readonly width: number | null;
  readonly height: number | null;
  readonly frames?: number;
  readonly loop?: number;
  readonly delays?: readonly number[];
  readonly ref_grid?: number;
  readonly ref_rgb?: readonly number[];
  readonly ref_rgb_no_icc?: readonly number[];
  readonly ref_alpha?: readonly number[];
  readonly last_frame_ref_grid?: number;
  readonly last_frame_ref_rgb?: readonly number[];
  readonly tolerance?: number;
}

const url = inject("corpusUrl");

/** Every so many files are tried where a whole run of them takes minutes; `WHOLE_CORPUS=1 npm test` tries each. */
export const corpusStep = inject("corpusStep");

/** False where the folder of test pictures is absent: its tests are skipped. */
export const hasCorpus = url !== undefined;

export async function readShared(path: string): Promise<Uint8Array> {
  const response = await fetch(`${url}/${path.split("/").map(encodeURIComponent).join("/")}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.bytes();
}

export const readCorpus = (file: string): Promise<Uint8Array> => readShared(`corpus/${file}`);

/** Rows of the manifest that `select` keeps; none where the corpus is absent. */
export async function corpusFiles(select: (file: CorpusFile) => boolean): Promise<CorpusFile[]> {
  if (!hasCorpus) return [];
  const manifest = JSON.parse(new TextDecoder().decode(await readShared("corpus/MANIFEST.json")));
  return (manifest.files as CorpusFile[]).filter(select);
}
