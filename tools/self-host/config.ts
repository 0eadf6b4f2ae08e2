import { relative } from "node:path";

/** What a Worker on a machine of one's own is made of. Paths are absolute. */
export interface SelfHost {
  readonly sources: string;
  readonly results: string;
  readonly pages: string;
  /** Where Durable Objects keep what they know. */
  readonly state: string;
  /** The folder of the bundle, and the names of the files in it. */
  readonly worker: string;
  readonly modules: readonly string[];
  readonly listen: string;
  /** Laid over those that this file sets. */
  readonly vars: Readonly<Record<string, string>>;
  /** The Worker runs with the date and the flags that it has on Cloudflare. */
  readonly wranglerToml: string;
}

/**
 * Without R2 and KV: folders are the storages, and the name of a result follows from its key. There is no cache near the
 * client, so the browser's and a proxy's do that.
 */
const VARS = {
  STORAGE: '{"src":{"type":"fetcher","binding":"SOURCES"},"dst":{"type":"fetcher","binding":"RESULTS"}}',
  KVSTORE: '{"type":"none"}',
  SHARD: '{"width":1,"depth":2,"restonly":true}',
  LEASE_BINDING: "LEASES",
};

/** Taken from the environment of workerd; one that is not set there is absent. */
const SECRETS = ["SECRET_KEY", "UPLOAD_SECRET", "JWT_SECRET", "METRICS_TOKEN"];

/** The configuration of workerd, in its own language (workerd.capnp). */
export function workerdConfig(host: SelfHost): string {
  const { sources, results, pages, state, listen } = host;
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edgefit", worker = .edgefit),
    ${disk("sources", sources, true)},
    ${disk("results", results, true)},
    ${disk("pages", pages, false)},
    ${disk("state", state, true)},
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = ${text(listen)}, http = (), service = "edgefit")],
);

const edgefit :Workerd.Worker = (
  modules = [
    ${modulesOf(host).join(",\n    ")},
  ],
  compatibilityDate = ${text(settingOf(host.wranglerToml, "compatibility_date"))},
  compatibilityFlags = ${flagsOf(host.wranglerToml)},
  bindings = [
    (name = "SOURCES", service = "sources"),
    (name = "RESULTS", service = "results"),
    (name = "ASSETS", service = "pages"),
    (name = "LEASES", durableObjectNamespace = "DerivativeLease"),
    ${[...varsOf(host), ...secretsBeside(host)].join(",\n    ")},
  ],
  durableObjectNamespaces = [(className = "DerivativeLease", uniqueKey = "edgefit-leases", enableSql = true)],
  durableObjectStorage = (localDisk = "state"),
);
`;
}

const disk = (name: string, path: string, writable: boolean): string =>
  `(name = "${name}", disk = (path = ${text(path)}, writable = ${writable}))`;

/** The entry comes first: workerd starts the first module. */
function modulesOf({ worker, modules }: SelfHost): string[] {
  const kinds = modules.flatMap((name) => {
    const kind = kindOf(name);
    return kind === undefined ? [] : [{ name, kind }];
  });
  const ordered = kinds.toSorted((a, b) => Number(b.kind === "esModule") - Number(a.kind === "esModule"));
  return ordered.map(
    ({ name, kind }) => `(name = ${text(`./${name}`)}, ${kind} = embed ${text(`${here(worker)}/${name}`)})`,
  );
}

/** `embed` takes paths beside the configuration, whose folder holds that of the bundle. */
const here = (worker: string): string => relative(`${worker}/..`, worker);

function kindOf(name: string): string | undefined {
  if (name === "index.js") return "esModule";
  if (name.endsWith(".wasm")) return "wasm";
  return name.endsWith(".bin") ? "data" : undefined;
}

const varsOf = ({ vars }: SelfHost): string[] =>
  Object.entries({ ...VARS, ...vars }).map(([name, value]) => `(name = ${text(name)}, text = ${text(value)})`);

/** The second of two bindings of a name counts: an absent one would undo what was given. */
const secretsBeside = ({ vars }: SelfHost): string[] => SECRETS.filter((name) => !(name in vars)).map(secret);

const secret = (name: string): string => `(name = "${name}", fromEnvironment = "${name}")`;

/** Strings of Cap'n Proto are written as those of JSON. */
const text = (value: string): string => JSON.stringify(value);

/** workerd warns of a flag that its date brings; only Wrangler looks for that one. */
const flagsOf = (toml: string): string => settingOf(toml, "compatibility_flags").replace(/"nodejs_compat"(?:, )?/, "");

/** The value of a top-level line of wrangler.toml: a string without its quotes, or a list as it stands there. */
function settingOf(toml: string, name: string): string {
  const value = new RegExp(`^${name} = (.+)$`, "m").exec(toml)?.[1];
  if (value === undefined) throw new Error(`Cannot find ${name} in wrangler.toml`);
  return value.replace(/^"(.*)"$/, "$1");
}
