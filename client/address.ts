import { encode } from "../src/image/canonical-query.ts";
import type { Pair } from "./parameters.ts";

export type Route = "display" | "get" | "redirect" | "explain";

/** How the URL names what it asks for: in its path, `/display/resize/800x/a.jpg`, or all in its query. */
export type Form = "path" | "query";

/**
 * Path and query that carry `parameters`, without the host. The path form is given up for the query form where it has
 * no way to say it: a source by its address, or a name that somebody on the way would tidy up.
 */
export function addressOf(parameters: readonly Pair[], route: Route = "display", form: Form = "path"): string {
  return (form === "path" && pathForm(parameters, route)) || `/${route}?${queryOf(parameters)}`;
}

/** `[{sig}/]{op}/[{w}]x[{h}]/{path}`; what else there is goes behind it. Undefined where that does not carry it. */
function pathForm(parameters: readonly Pair[], route: Route): string | undefined {
  const taken = ["sig", "op", "w", "h", "path"].map((name) => parameters.find((pair) => pair[0] === name));
  const [sig, op, width, height, path] = taken.map((pair) => pair?.[1] ?? "");
  if (!/^\w+$/.test(op) || /\D/.test(width + height) || UNTIDY.test(path)) return undefined;
  const rest = queryOf(parameters.filter((pair) => !taken.includes(pair)));
  return `/${route}/${sig && `${sig}/`}${op}/${width}x${height}/${inPath(path)}${rest && "?"}${rest}`;
}

/** An empty segment, `.` or `..`. */
const UNTIDY = /(^|\/)\.{0,2}(\/|$)/;

const inPath = (path: string): string => encode(path).replaceAll("+", "%20").replaceAll("%2F", "/");

/** Slashes and colons may stand in a query, and are easier to read there. */
const queryOf = (parameters: readonly Pair[]): string =>
  parameters.map((pair) => pair.map(encode).join("=").replaceAll("%2F", "/").replaceAll("%3A", ":")).join("&");
