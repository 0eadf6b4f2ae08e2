import { addressOf, type Form, type Pair, type Route, sign } from "../client/index.ts";
import { decodePath } from "../src/http/path.ts";
import { type Parameters, readParameters } from "../src/image/parameters.ts";
import { misuse } from "./cli-error.ts";
import type { Signing } from "./signing.ts";

/** A URL of the image half, taken apart. */
export interface Address {
  /** What stands before the route; empty where only a path was given. */
  readonly base: string;
  readonly route: Route;
  readonly form: Form;
  readonly parameters: readonly Pair[];
}

const SHAPE = /^(https?:\/\/[^/?#]+)?((?:\/[^/?#]+)*?)\/(display|get|redirect|explain)(\/[^?#]*)?(?:\?([^#]*))?$/;
const LIMITS = { maxParameters: 1_000 };

/** @throws CliError 2 where the Worker has no such URL */
export function parseAddress(text: string): Address {
  const [, origin = "", prefix = "", route, remainder = "", query = ""] = SHAPE.exec(text) ?? [];
  if (route === undefined) throw misuse(`Cannot sign ${text}: expected a URL of /display, /get, /redirect or /explain`);
  const path = decodePath(remainder.slice(1));
  return {
    base: origin + prefix,
    route: route as Route,
    form: path === "" ? "query" : "path",
    parameters: pairsOf(readParameters(path, new URLSearchParams(query), LIMITS)),
  };
}

function pairsOf(parameters: Parameters): Pair[] {
  for (const [name, values] of parameters)
    if (name !== "op" && values.length > 1)
      throw misuse(`Cannot sign a URL that has ${name} more than once: the Worker refuses it`);
  return [...parameters].flatMap(([name, values]) => values.map((value) => [name, value] as const));
}

/** The URL again, signed where there is something to sign with. */
export async function textOf({ base, route, form, parameters }: Address, signing?: Signing): Promise<string> {
  const pairs = signing ? await signed(parameters, signing) : parameters;
  return base + addressOf(pairs, route, form);
}

function signed(parameters: readonly Pair[], { secret, algorithm, expires }: Signing): Promise<Pair[]> {
  const kept = expires === undefined ? parameters : parameters.filter(([name]) => name !== "exp");
  const end: readonly Pair[] = expires === undefined ? [] : [["exp", String(expires)]];
  return sign([...kept, ...end], secret, algorithm);
}
