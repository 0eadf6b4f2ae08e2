import type { App } from "../app.ts";
import type { Format } from "../codec/codec.ts";
import { ENCODERS, type OutputFormat } from "../codec/codecs.ts";
import type { Config } from "../env.ts";
import { decodePath } from "../http/path.ts";
import { checkAskedAvif } from "../picture/output-limits.ts";
import { derivativeKey, objectName } from "./key.ts";
import { isOriginal, type Options, parseOptions } from "./options.ts";
import { type Parameters, readParameters } from "./parameters.ts";
import { verifySignature } from "./signature.ts";
import type { Asker } from "./source.ts";

/** A request that may be answered: its signature holds, its options are read. */
export interface Asked {
  readonly parameters: Parameters;
  readonly options: Options;
  /** picfit's key. */
  readonly key: string;
  /** Name of the derivative in the destination; absent where nothing tells its format. */
  readonly name: string | undefined;
  readonly asker: Asker;
}

/**
 * Reads a request of the picfit API. The signature is checked before any option is looked at, and before anything is
 * fetched (security.md G4).
 * @param route the path's first part, `/display` or its like
 */
export async function readAsked(request: Request, route: string, app: App): Promise<Asked> {
  const url = new URL(request.url);
  const { config, clock } = app;
  const parameters = readParameters(remainderOf(url, route), url.searchParams, config.limits);
  await verifySignature(parameters, config.signing, clock.now() / 1000);
  return askedBy(parameters, request, app);
}

/** What is asked by parameters that need no verification, or had it. @throws HttpError as `readAsked` */
export async function askedBy(parameters: Parameters, request: Request, app: App): Promise<Asked> {
  const { config } = app;
  const options = parseOptions(parameters, { ...config.limits, allowedSizes: config.allowedSizes });
  if (toldFormat(options, config) === "avif") checkAskedAvif(options.operations, config.limits);
  const key = await derivativeKey(parameters);
  const format = formatBefore(options, config);
  const name = format && objectName(key, config.shard, ENCODERS[format].extension);
  return { parameters, options, key, name, asker: askerOf(request, app) };
}

const askerOf = (request: Request, { config, clock }: App): Asker => ({
  host: new URL(request.url).host,
  signed: config.signing.keys.length > 0,
  via: request.headers.get("via") ?? undefined,
  signal: request.signal,
  cameMs: clock.now(),
});

/** What follows `/display/`. */
const remainderOf = ({ pathname }: URL, route: string): string => decodePath(pathname.slice(route.length + 1));

const toldFormat = ({ format }: Options, config: Config): OutputFormat | undefined => format ?? config.format;

const BY_EXTENSION: ReadonlyMap<string, OutputFormat> = new Map<string, OutputFormat>([
  ["jpg", "jpg"],
  ["jpeg", "jpg"],
  ["jpe", "jpg"],
  ["png", "png"],
  ["gif", "gif"],
  ["bmp", "bmp"],
  ["webp", "webp"],
  ["avif", "avif"],
]);

/**
 * The output format as far as a request tells (picfit.md 2.2): `fmt`, the forced format, the extension of the name, the
 * default. Of a `url` or an original it is a guess: their formats follow from their bytes.
 */
function formatBefore(options: Options, config: Config): OutputFormat | undefined {
  const { source } = options;
  const told = toldFormat(options, config);
  if (told) return told;
  if ("url" in source) return BY_EXTENSION.get(extensionOf(source.url));
  return BY_EXTENSION.get(extensionOf(source.path)) ?? config.defaultFormat;
}

/** Lower-case, without the dot; empty where there is none. */
const extensionOf = (name: string): string => /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1].toLowerCase() ?? "";

/** The output format once the source's is known. */
export function formatAfter({ options }: Pick<Asked, "options">, source: Format, config: Config): OutputFormat {
  const own = source === "tiff" ? config.defaultFormat : source;
  const told = toldFormat(options, config);
  return told ?? ("url" in options.source || isOriginal(options) ? own : (formatBefore(options, config) ?? own));
}
