import type { OutputFormat } from "../codec/codecs.ts";
import { HttpError } from "../error.ts";
import type { Operation } from "../operation/operation.ts";
import { OPERATIONS } from "../operation/operations.ts";
import { readValues, shown, type Values } from "../operation/values.ts";
import { outputTooLarge } from "../picture/output-limits.ts";
import type { Box } from "../transform/geometry.ts";
import { firstValue, type Parameters } from "./parameters.ts";

/** Where the picture comes from. */
export type SourceName = { readonly path: string } | { readonly url: string };

/** A request, understood: what nothing behind this file reads from text again. */
export interface Options {
  readonly source: SourceName;
  /** In order of execution, at least one. */
  readonly operations: readonly Operation[];
  /** `fmt`, with jpeg written jpg; absent when not given. */
  readonly format: OutputFormat | undefined;
  readonly quality: number | undefined;
  readonly effort: Values["effort"];
  readonly background: Values["background"];
  /** Make it again, whatever is stored. */
  readonly force: boolean;
}

export interface OptionLimits {
  /** security.md L2 */
  readonly maxOperations: number;
  /** security.md L7, per side of a size that is asked for. */
  readonly maxOutputSide: number;
  readonly maxOutputPixels: number;
  /** Sizes a client may ask for; absent = any. A side of 0 stands for "not given". */
  readonly allowedSizes: readonly Box[] | undefined;
}

/** True where the picture is wanted as it is: no operation changes it, no format is named. */
export const isOriginal = ({ operations, format }: Options): boolean =>
  format === undefined && operations.every(({ name }) => name === "noop");

/**
 * @throws HttpError 400 invalid_parameter, duplicate_parameter, too_many_operations; 403 size_not_allowed;
 * 422 output_too_large
 */
export function parseOptions(parameters: Parameters, limits: OptionLimits): Options {
  const source = sourceName(parameters);
  const values = readValues((name) => firstValue(parameters, name), []);
  const read = readOperations(parameters.get("op") ?? [], values, limits.maxOperations);
  const operations = read.map(({ operation }) => operation);
  checkForegrounds(operations, limits.maxOperations);
  checkSizes(boxesOf(values, operations), limits);
  return {
    source,
    operations,
    format: values.format === "jpeg" ? "jpg" : values.format,
    quality: read.findLast(({ quality }) => quality !== undefined)?.quality ?? values.quality,
    effort: values.effort,
    background: values.background,
    force: (firstValue(parameters, "force") ?? "") !== "",
  };
}

function sourceName(parameters: Parameters): SourceName {
  const url = firstValue(parameters, "url");
  if (url) return { url };
  const path = firstValue(parameters, "path");
  if (path) return { path };
  throw new HttpError(400, "invalid_parameter", "Request should contains parameters or query string: path or url");
}

/** An operation and the quality that its own sub-parameters name. */
interface ReadOperation {
  readonly operation: Operation;
  readonly quality: number | undefined;
}

function readOperations(texts: readonly string[], values: Values, most: number): ReadOperation[] {
  if (texts.length === 0) throw emptyOperation();
  if (texts.length > most)
    throw new HttpError(400, "too_many_operations", `Cannot run ${texts.length} operations: expected at most ${most}`);
  const [only] = texts;
  if (texts.length === 1 && only.includes(":")) throw invalidMethod(only, ": a single op is a bare name");
  return texts.map((text) => (text.includes(":") ? readSubOperation(text) : readBareOperation(text, values)));
}

const readBareOperation = (text: string, values: Values): ReadOperation => ({
  operation: operationNamed(text)(values),
  quality: undefined,
});

/** `op:NAME key:value ...`, with values of its own (picfit.md 2.10). */
function readSubOperation(text: string): ReadOperation {
  const tokens = text.split(" ").filter((token) => token.includes(":"));
  const pairs = tokens.map((token) => token.split(":", 2) as [string, string]);
  const given = (name: string) => pairs.find(([key]) => key === name)?.[1];
  const paths = pairs.filter(([key]) => key === "path").map(([, value]) => value);
  const values = readValues(given, paths);
  return { operation: operationNamed(given("op") ?? "")(values), quality: values.quality };
}

function operationNamed(name: string) {
  if (name === "") throw emptyOperation();
  const operation = OPERATIONS.get(name);
  if (!operation) throw invalidMethod(name);
  return operation.read;
}

const emptyOperation = () => new HttpError(400, "invalid_parameter", "`op` parameter or query string cannot be empty");

const invalidMethod = (text: string, why = "") =>
  new HttpError(400, "invalid_parameter", `Invalid method ${shown(text)} or invalid parameters${why}`);

/** Each picture that is drawn over another costs as much as an operation. */
function checkForegrounds(operations: readonly Operation[], most: number): void {
  const { length } = operations.flatMap(({ foregrounds }) => foregrounds);
  if (length > most)
    throw new HttpError(400, "too_many_operations", `Cannot draw ${length} pictures: expected at most ${most}`);
}

/** Every size that the request names: those of its operations, and top-level ones even where no operation uses them. */
function boxesOf({ width, height }: Values, operations: readonly Operation[]): Box[] {
  const named = width === undefined && height === undefined ? [] : [{ width: width ?? 0, height: height ?? 0 }];
  return [...named, ...operations.flatMap(({ box }) => box ?? [])];
}

function checkSizes(boxes: readonly Box[], { allowedSizes, maxOutputSide, maxOutputPixels }: OptionLimits): void {
  for (const { width, height } of boxes) {
    if (allowedSizes && !allowedSizes.some((size) => size.width === width && size.height === height))
      throw new HttpError(403, "size_not_allowed", "Requested size not allowed");
    if (Math.max(width, height) > maxOutputSide || width * height > maxOutputPixels)
      throw outputTooLarge({ width, height }, maxOutputSide, maxOutputPixels);
  }
}
