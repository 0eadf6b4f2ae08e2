import { type Edit, type Form, type Pair, type Route, type Source, toParameters } from "../client/index.ts";
import { parseOptions } from "../src/image/options.ts";
import { OPERATIONS } from "../src/operation/operations.ts";
import { OPTIONS } from "../src/operation/option.ts";
import { misuse } from "./cli-error.ts";
import type { Values } from "./command.ts";
import { EDIT_FLAGS, type FORM_FLAGS, OPERATION_NAMES } from "./edit-flags.ts";

type Given = Values<typeof EDIT_FLAGS>;

/** The edit that flags ask for. Its values stay text: the Worker's own parser judges them in parametersOf(). */
export const editOf = (flags: Given): Edit => operationsOf(flags) as unknown as Edit;

/** Operations in their order; what stands beside `--op` is the first one's. @throws CliError 2 */
export function operationsOf(flags: Given): readonly Texts[] {
  const { op = [], ...options } = Object.fromEntries(
    Object.keys(EDIT_FLAGS).flatMap((name) => (name in flags ? [[name, flags[name as keyof Given]]] : [])),
  ) as Given;
  const sized = options.width !== undefined || options.height !== undefined;
  const [first = { op: sized ? "resize" : "noop" }, ...further] = op.map(parseOperation);
  const chain = [{ ...first, ...options }, ...further];
  for (const operation of chain) checkOptions(operation);
  return chain;
}

/** An operation whose options are what the command line had. */
export type Texts = Readonly<Record<string, unknown>> & { readonly op: string };

/** `resize,width=800`. @throws CliError 2 */
function parseOperation(text: string): Texts {
  const [op, ...settings] = text.split(",");
  return { ...Object.fromEntries(settings.map(parseSetting)), op };
}

function parseSetting(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1) throw misuse(`Cannot read ${text || "nothing"}: expected option=value`);
  const [name, value] = [text.slice(0, at), text.slice(at + 1)];
  return [name, name === "paths" ? value.split("+") : value];
}

/** Options that belong to no operation say what comes out. */
const OUTPUTS = Object.keys(OPTIONS).filter(
  (name) => ![...OPERATIONS.values()].some(({ options }) => options.some((option) => option === name)),
);

/** The Worker takes options that mean nothing to an operation, and nobody sees that they do nothing. */
function checkOptions({ op, ...given }: Texts): void {
  const operation = OPERATIONS.get(op);
  if (!operation) throw misuse(`Cannot run ${op}: expected ${OPERATION_NAMES.join(", ")}`);
  const known = [...operation.options, ...(operation.draws ? ["paths"] : []), ...OUTPUTS];
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger !== undefined) throw misuse(`Cannot use ${stranger} with ${op}: expected ${known.join(", ")}`);
}

/** No server's limits are known here. */
const LIMITS = {
  maxOperations: 100,
  maxOutputSide: Number.POSITIVE_INFINITY,
  maxOutputPixels: Number.POSITIVE_INFINITY,
  allowedSizes: undefined,
};

/** The parameters of a request that the Worker will understand. @throws HttpError 400 as it would answer */
export function parametersOf(source: Source, edit: Edit): Pair[] {
  const pairs = toParameters(source, edit);
  checkParameters(pairs);
  return pairs;
}

/** @throws HttpError 400 where the Worker would not understand them, as it would answer */
export function checkParameters(pairs: readonly Pair[]): void {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of pairs) parameters.set(name, [...(parameters.get(name) ?? []), value]);
  parseOptions(parameters, LIMITS);
}

/** A name in the source storage, or an address of the web. */
export const sourceOf = (text: string): Source => (/^https?:\/\//.test(text) ? { url: text } : text);

/** @throws CliError 2 */
export function formOf({ form = "path", route = "display" }: Values<typeof FORM_FLAGS>): { form: Form; route: Route } {
  if (form !== "path" && form !== "query") throw misuse(`Cannot write the form ${form}: expected path or query`);
  if (route !== "display" && route !== "get" && route !== "redirect" && route !== "explain")
    throw misuse(`Cannot ask ${route}: expected display, get, redirect or explain`);
  return { form, route };
}
