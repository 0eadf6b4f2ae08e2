import { HttpError } from "../error.ts";
import { resize } from "../operation/scale.ts";
import type { Colour } from "../transform/colour.ts";
import type { Avatars } from "./avatars.ts";
import type { Call } from "./call.ts";
import { square } from "./master.ts";
import type { RevisionRecord } from "./metadata/metadata-store.ts";
import type { PictureFormat } from "./parameters.ts";
import { makePicture, readContext } from "./picture.ts";
import type { Showable } from "./show.ts";

/** How an uploaded picture is shown. */
export interface Form {
  readonly px: number;
  readonly format: Exclude<PictureFormat, "svg">;
  /** 1–100 */
  readonly quality: number;
  /** Of its corners, in percent of the side. */
  readonly radius: number;
  /** What shows through where the format has no alpha. */
  readonly background: Colour | undefined;
}

/** Thrown where a revision was replaced while it was being read: whoever asks anew finds the next one. */
export class Replaced extends Error {}

/** A revision at a size. Its tag names the revision, so nothing of an older one is ever shown for it. */
export const showRevision = (revision: RevisionRecord, form: Form, call: Call): Showable => ({
  tag: [revision.rev, form.px, form.format, form.quality, ...extras(form)].join("-"),
  format: form.format,
  make: (signal) => (form.format === "gif" ? makeAnimated : makeStill)(revision, form, call, signal),
});

const extras = ({ radius, background }: Form): string[] => [
  ...(radius > 0 ? [`r${radius}`] : []),
  ...(background ? [`bg${hexOf(background)}`] : []),
];

const hexOf = ({ red, green, blue }: Colour): string => Uint8Array.of(red, green, blue).toHex();

async function makeStill(
  { masterKey }: RevisionRecord,
  form: Form,
  call: Call,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { px } = form;
  const operations = [resize({ width: px, height: px, paths: [] })];
  return makePicture(await readObject(masterKey, call.avatars), { ...form, operations }, readContext(call, signal));
}

/** From the source, which has all frames; where they are too many for the size, the first one has to do. */
async function makeAnimated(
  revision: RevisionRecord,
  form: Form,
  call: Call,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { sourceKey, crop } = revision;
  if (sourceKey === undefined) return makeStill(revision, form, call, signal);
  try {
    const bytes = await readObject(sourceKey, call.avatars);
    return await makePicture(bytes, { ...form, operations: [square(crop, form.px)] }, readContext(call, signal));
  } catch (thrown) {
    if (thrown instanceof HttpError && thrown.status === 422) return makeStill(revision, form, call, signal);
    throw thrown;
  }
}

/** @throws Replaced where the object has gone */
export async function readObject(key: string, { objects }: Avatars): Promise<Uint8Array> {
  const object = await objects.get(key);
  if (!object) throw new Replaced(`No object ${key}`);
  return object.bytes();
}
