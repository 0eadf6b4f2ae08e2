import { HttpError } from "../error.ts";

/** Name → values in request order; at least one value each. What picfit calls the merged query. */
export type Parameters = ReadonlyMap<string, readonly string[]>;

export interface ParameterLimits {
  /** security.md L2: name=value pairs in one request. */
  readonly maxParameters: number;
}

/**
 * Parameters of a request: the path form's, with the query's laid over them (picfit.md 1.3). A query value replaces the
 * path form's of the same name, except `op`, which is appended.
 * @param remainder what follows `/display/` or its like in the decoded path; empty in the query form
 * @throws HttpError 400 invalid_parameter
 */
export function readParameters(remainder: string, query: URLSearchParams, limits: ParameterLimits): Parameters {
  const given = readQuery(query, limits);
  const fromPath = parsePathForm(remainder) ?? bareSource(remainder, given);
  if (fromPath === undefined) return given;
  const merged = new Map<string, readonly string[]>(fromPath);
  for (const [name, values] of given)
    merged.set(name, name === "op" ? [...(fromPath.get("op") ?? []), ...values] : values);
  return merged;
}

function readQuery(query: URLSearchParams, { maxParameters }: ParameterLimits): Map<string, string[]> {
  if (query.size > maxParameters)
    throw new HttpError(
      400,
      "invalid_parameter",
      `Cannot read the query: expected at most ${maxParameters} parameters`,
    );
  const parameters = new Map<string, string[]>();
  for (const [name, value] of query) {
    const values = parameters.get(name);
    if (values) values.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
}

const WORD = /^[A-Za-z0-9_]+$/;
const BOX = /^([0-9]*)x([0-9]*)$/;

/**
 * `[{sig}/]{op}/[{w}]x[{h}]/{path}`: the leftmost box segment that has an operation before it and a path behind it.
 * Segments before that are skipped, as picfit does; a path may hold any character, which picfit's may not.
 */
export function parsePathForm(remainder: string): Map<string, readonly string[]> | undefined {
  const segments = remainder.split("/");
  for (let at = 1; at < segments.length - 1; at++) {
    const box = BOX.exec(segments[at]);
    const path = segments.slice(at + 1).join("/");
    if (!box || !WORD.test(segments[at - 1]) || path === "") continue;
    const sig = at >= 2 && WORD.test(segments[at - 2]) ? segments[at - 2] : "";
    const pairs = [
      ["sig", sig],
      ["op", segments[at - 1]],
      ["w", box[1]],
      ["h", box[2]],
      ["path", path],
    ] as const;
    return new Map(pairs.filter(([, value]) => value !== "").map(([name, value]) => [name, [value]]));
  }
  return undefined;
}

/** `/display/{path}` is short for `op=noop`: the original. A query that names the source or an operation wins. */
function bareSource(remainder: string, given: Parameters): Map<string, readonly string[]> | undefined {
  if (remainder === "" || given.has("path") || given.has("url")) return undefined;
  const path = [["path", [remainder]]] as const;
  return new Map(given.has("op") ? path : [...path, ["op", ["noop"]]]);
}

/** The value that counts where a name is repeated: the first (picfit.md 1.2). */
export const firstValue = (parameters: Parameters, name: string): string | undefined => parameters.get(name)?.[0];
