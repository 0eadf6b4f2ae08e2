import { readVariables } from "../../cli/doctor/variables.ts";
import { translateKeyStore } from "./key-store.ts";
import {
  configurationOf,
  givenValue,
  isGiven,
  type Part,
  type Section,
  sectionOf,
  textOf,
  typedValue,
} from "./section.ts";
import { translateStorage } from "./storage.ts";

/** What a picfit configuration comes to here. */
export interface Translation {
  /** For `[vars]` of wrangler.toml. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** Secrets to be set, each with the place of its value in picfit's configuration. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What has no counterpart, or needs a hand. */
  readonly notes: readonly string[];
}

/** Translates a picfit 0.16 configuration; what it means is told by picfit's code, not by its README. */
export function translate(given: unknown): Translation {
  const config = configurationOf(given);
  const parts = [
    translateSecret(config),
    translateStorage(sectionOf(config, "storage")),
    translateKeyStore(sectionOf(config, "kvstore")),
    translateShard(config),
    translateOptions(sectionOf(config, "options")),
    translateEngine(config),
    translateCors(config),
    translateSentry(config),
    strangers(config),
  ];
  const vars = Object.assign({}, ...parts.map((part) => part.vars));
  const secrets = Object.assign({}, ...parts.map((part) => part.secrets));
  return { vars, secrets, notes: [...parts.flatMap(({ notes = [] }) => notes), ...refusedBy(vars, secrets)] };
}

/** What picfit took and the Worker does not, in the Worker's own words. */
function refusedBy(vars: Part["vars"], secrets: Translation["secrets"]): string[] {
  const set = Object.fromEntries(Object.keys(secrets).map((name) => [name, STAND_INS[name] ?? "set"]));
  const { findings } = readVariables({ ...vars, ...set });
  return findings.map(({ about, what }) => `${about}: ${what}. The Worker does not start before it is mended`);
}

const STAND_INS: Readonly<Record<string, string>> = { SENTRY_DSN: "https://key@sentry.invalid/1" };

const translateSecret = (config: Section): Part =>
  textOf(config.secret_key) === ""
    ? { notes: ["secret_key: none, so anybody may ask for any size, as before. Think of setting SECRET_KEY."] }
    : { secrets: { SECRET_KEY: "secret_key" } };

/** picfit forgets a default as soon as its section is there. */
function translateShard(config: Section): Part {
  if (config.shard === undefined) return {};
  const { width = 0, depth = 0, restonly = false } = typedValue(sectionOf(config, "shard")) as Section;
  return { vars: { SHARD: { width, depth, restonly } } };
}

const ENABLE = ["enable_upload", "enable_delete", "enable_cascade_delete", "enable_stats", "enable_health"];
const SAME = ["allowed_sizes", "allowed_ip_addresses", "max_image_dimensions", "default_user_agent"];
const WITHOUT_COUNTERPART: Readonly<Record<string, string>> = {
  mimetype_detector: "not needed: the first bytes of a source decide",
  enable_prometheus: "set the secret METRICS_TOKEN, and let Prometheus send it to /metrics",
  enable_pprof: "none",
  max_processor_concurrent: "see DECODE_BUDGET_BYTES: pictures wait for memory, not for a slot",
  max_processor_concurrent_operations: "see DECODE_BUDGET_BYTES: pictures wait for memory, not for a slot",
  transform_timeout: "none: it stopped gifsicle, which is not used",
  free_memory_interval: "none",
};

function translateOptions(options: Section | undefined): Part {
  if (!options) return {};
  const given = (names: readonly string[]) => names.filter((name) => isGiven(options[name]));
  const opened = ["enable_upload", "enable_delete"].some((name) => typedValue(options[name]) === true);
  const dropped = given(Object.keys(WITHOUT_COUNTERPART));
  return {
    vars: Object.fromEntries(given([...ENABLE, ...SAME]).map((name) => [name.toUpperCase(), optionOf(options, name)])),
    ...(opened && { secrets: { UPLOAD_SECRET: "a new one: who changes pictures sends it as a Bearer token" } }),
    notes: [
      ...dropped.map((name) => `options.${name}: ${WITHOUT_COUNTERPART[name]}`),
      ...Object.keys(options)
        .filter((name) => ![...ENABLE, ...SAME].includes(name) && WITHOUT_COUNTERPART[name] === undefined)
        .map((name) => `options.${name}: ${NOT_AN_OPTION}`),
      ...(!isGiven(options.allowed_ip_addresses)
        ? []
        : ["options.allowed_ip_addresses: CF-Connecting-IP is looked at, not X-Forwarded-For; ranges work too"]),
    ],
  };
}

/** A user agent and addresses are text, whatever they look like. */
const optionOf = (options: Section, name: string): unknown =>
  name === "default_user_agent" || name === "allowed_ip_addresses" ? options[name] : typedValue(options[name]);

const ENGINE_UNUSED = ["jpeg_quality", "webp_quality", "png_compression", "max_buffer_size", "image_buffer_size"];

function translateEngine(config: Section): Part {
  if (config.engine === undefined) return {};
  const engine = sectionOf(config, "engine") ?? {};
  const [quality, format, standard] = [engine.quality, engine.format, engine.default_format].map(givenValue);
  return {
    vars: {
      QUALITY: quality ?? 85,
      ...(format !== undefined && { FORMAT: jpg(format) }),
      ...(standard !== undefined && { DEFAULT_FORMAT: jpg(standard) }),
    },
    notes: [
      ...(quality === undefined ? ["engine.quality: picfit falls to 85 where engine is given without it"] : []),
      ...ENGINE_UNUSED.filter((name) => engine[name] !== undefined).map(
        (name) => `engine.${name}: picfit did not use it`,
      ),
      ...(engine.backends === undefined ? [] : ["engine.backends: none; there is one engine, which does GIFs as well"]),
    ],
  };
}

const jpg = (format: unknown): unknown => (format === "jpeg" ? "jpg" : format);

const CORS = ["allowed_origins", "allowed_methods", "allowed_headers"];

const translateCors = (config: Section): Part => ({
  vars: Object.fromEntries(
    CORS.filter((name) => isGiven(config[name])).map((name) => [name.toUpperCase(), config[name]]),
  ),
});

function translateSentry(config: Section): Part {
  if (config.sentry === undefined) return {};
  const given = textOf(sectionOf(config, "sentry")?.dsn) !== "";
  return given ? { secrets: { SENTRY_DSN: "sentry.dsn" } } : { notes: ["sentry: no dsn, so there is nothing to set"] };
}

const KNOWN = ["secret_key", "storage", "kvstore", "shard", "options", "engine", "sentry", ...CORS];
const NOT_AN_OPTION = "not an option of picfit 0.16";
const LEFT_OUT: Readonly<Record<string, string>> = {
  port: "none: a Worker has an address, wrangler dev takes --port",
  debug: "none: traces go to the log, never to a client",
  logger: "none: lines of JSON on the console, see docs/observability.md",
};

const strangers = (config: Section): Part => ({
  notes: Object.keys(config)
    .filter((name) => !KNOWN.includes(name))
    .map((name) => `${name}: ${LEFT_OUT[name] ?? NOT_AN_OPTION}`),
});
