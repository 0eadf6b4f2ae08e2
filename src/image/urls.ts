import { canonicalQuery } from "./canonical-query.ts";
import type { ExplainedUrls } from "./explanation.ts";
import { firstValue, type Parameters } from "./parameters.ts";

/** Both forms of a request; one `sig` holds for both. */
export function urlsOf(parameters: Parameters): ExplainedUrls {
  const path = pathForm(parameters);
  return { query: `/display?${signed(canonicalQuery(parameters), parameters)}`, ...(path !== undefined && { path }) };
}

const signed = (query: string, parameters: Parameters): string => {
  const sig = firstValue(parameters, "sig");
  return [query, ...(sig ? [`sig=${encodeURIComponent(sig)}`] : [])].filter((part) => part !== "").join("&");
};

/** `/display/{op}/{w}x{h}/{path}`, and what that cannot say as a query. Its operation comes first, by its bare name. */
function pathForm(parameters: Parameters): string | undefined {
  const [operation, ...operations] = parameters.get("op") ?? [];
  const path = firstValue(parameters, "path");
  const sayable = operation !== undefined && /^[A-Za-z0-9_]+$/.test(operation);
  if (!path || !sayable || parameters.has("url")) return undefined;
  const rest = new Map(parameters);
  rest.delete("path");
  rest.delete("op");
  if (operations.length > 0) rest.set("op", operations);
  const [width, height] = ["w", "h"].map((name) => takeSide(rest, name));
  const query = signed(canonicalQuery(rest), parameters);
  return `/display/${operation}/${width}x${height}/${encodePath(path)}${query && `?${query}`}`;
}

/** A box holds nothing but digits; what else there is stays in the query. */
function takeSide(rest: Map<string, readonly string[]>, name: string): string {
  const side = rest.get(name)?.[0] ?? "";
  if (!/^[0-9]+$/.test(side)) return "";
  rest.delete(name);
  return side;
}

const encodePath = (path: string): string => path.toWellFormed().split("/").map(encodeURIComponent).join("/");
