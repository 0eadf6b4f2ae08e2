import { type Part, type Section, sectionOf, textOf } from "./section.ts";

/** Storages of picfit's `storage`, by its names for them. */
export function translateStorage(storage: Section | undefined): Part {
  if (!storage) return { notes: ["storage: none, so url= only, as before"] };
  const translated = [...PLACES].flatMap(([place, role]) => {
    const section = sectionOf(storage, place);
    return section ? [{ place, ...translateOne(section, place, role) }] : [];
  });
  const sections = Object.fromEntries(translated.map(({ place, section }) => [place, section]));
  const [source] = translated;
  // picfit writes where it reads, and a storage that is read by HTTP writes to what stands behind the plus.
  const written = source?.place === "src" && sections.dst === undefined ? source.inner : undefined;
  return {
    vars: { STORAGE: { ...sections, ...(written && { dst: written }) } },
    secrets: Object.assign({}, ...translated.map(({ secrets }) => secrets)),
    notes: [...new Set(translated.flatMap(({ notes }) => notes))],
  };
}

interface Role {
  readonly prefix: string;
  readonly binding: string;
}

const PLACES: ReadonlyMap<string, Role> = new Map([
  ["src", { prefix: "SOURCE", binding: "SOURCE" }],
  ["dst", { prefix: "DESTINATION", binding: "DESTINATION" }],
  ["dst-ro", { prefix: "DESTINATION_READ_ONLY", binding: "DESTINATION" }],
]);

interface One {
  readonly section: Section;
  /** What is written to where reading goes by HTTP. */
  readonly inner?: Section;
  readonly secrets: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** What is only written to needs no HTTP, and what is only read needs no key. */
function translateOne(section: Section, place: string, role: Role): One {
  const [type, inner] = textOf(section.type).split("+");
  if (type !== "http" || inner === undefined) return writable(type, section, role);
  const written = writable(inner, section, role);
  if (place === "dst") return written;
  if (textOf(section.base_url) === "")
    throw new Error(`Cannot translate ${place} of type ${type}+${inner}: expected a base_url`);
  const read = { type: "http", base_url: section.base_url };
  return place === "src"
    ? { ...written, section: read, inner: written.section }
    : { section: read, secrets: {}, notes: [] };
}

function writable(type: string, section: Section, role: Role): One {
  if (type === "fs") return files(section, role);
  if (type === "gcs") return google(section, role);
  if (type === "s3" || type === "dos3") return bucket(type, section, role);
  throw new Error(`Cannot translate a storage of type ${type}: expected fs, s3, dos3, gcs or http+ one of them`);
}

const kept = (section: Section, members: readonly string[]): Section =>
  Object.fromEntries(members.filter((member) => textOf(section[member]) !== "").map((name) => [name, section[name]]));

/** The folder was the root: names in the bucket are the names below it. */
const files = (section: Section, { binding }: Role): One => ({
  section: { type: "r2", binding, ...kept(section, ["base_url", "name"]) },
  secrets: {},
  notes: [
    `storage of type fs: copy the files below ${textOf(section.location)} into the R2 bucket bound as ${binding}, for ` +
      `example with rclone. On your own machine a folder can stay: { type = "fetcher", binding = "FILES" }`,
  ],
});

const BUCKET = ["bucket_name", "region", "location", "base_url", "name"];

function bucket(type: string, section: Section, { prefix }: Role): One {
  const secrets = { [`${prefix}_KEY_ID`]: "access_key_id", [`${prefix}_SECRET_KEY`]: "secret_access_key" };
  return {
    section: { type, ...kept(section, BUCKET), ...endpointOf(section), ...references(prefix) },
    secrets,
    notes: [`storage of type ${type}: the key must be allowed to list the bucket; objects are no longer public-read`],
  };
}

/** picfit's client takes a host for an endpoint. */
function endpointOf(section: Section): Section {
  const endpoint = textOf(section.endpoint);
  return endpoint === "" ? {} : { endpoint: endpoint.includes("://") ? endpoint : `https://${endpoint}` };
}

function google(section: Section, { prefix }: Role): One {
  const made = "made at Google Cloud Storage, Settings, Interoperability, as HMAC key";
  return {
    section: { type: "gcs", ...kept(section, ["bucket_name", "location", "base_url", "name"]), ...references(prefix) },
    secrets: { [`${prefix}_KEY_ID`]: made, [`${prefix}_SECRET_KEY`]: made },
    notes: ["storage of type gcs: reached through its S3 API, which takes an HMAC key, not a credentials file"],
  };
}

const references = (prefix: string) => ({
  access_key_id: `$${prefix}_KEY_ID`,
  secret_access_key: `$${prefix}_SECRET_KEY`,
});
