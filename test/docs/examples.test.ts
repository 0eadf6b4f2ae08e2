import { env } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/env.ts";
import { ERRORS } from "../../src/error.ts";
import { emptyAvatars } from "../support/avatars.ts";
import { examplesFor } from "../support/claims.ts";
import { decode } from "../support/decode.ts";
import { DOCUMENTS } from "../support/documents.ts";
import { service } from "../support/service.ts";
import { type UrlExample, urlsIn, urlsInRows } from "./example.ts";
import { putSamples } from "./samples.ts";

/** Everything that reads variables. */
const envSource = Object.values(
  import.meta.glob<string>("../../src/env*.ts", { query: "?raw", import: "default", eager: true }),
).join("\n");

const { "docs/avatars.md": avatars, "docs/configuration.md": configuration, "docs/url.md": reference } = DOCUMENTS;

const open = service();
/** The key of the worked example. */
const signed = service({ SECRET_KEY: "abcdef" });

const serviceFor = ({ url }: UrlExample) => (/sig=|\/[0-9a-f]{40}\//.test(url) ? signed : open);

beforeAll(emptyAvatars);
beforeAll(() => putSamples(env.SOURCE));

const blocks = Object.groupBy(examplesFor("urls"), ({ document }) => document);
const ofDocuments = Object.entries(DOCUMENTS).map(
  ([document, markdown]) =>
    [document, [...(blocks[document] ?? []).flatMap(({ text }) => urlsIn(text)), ...urlsInRows(markdown)]] as const,
);

it("there are examples in blocks and in the rows of tables", () => {
  expect(Object.keys(blocks)).toEqual(expect.arrayContaining(["README.md", "docs/avatars.md", "docs/url.md"]));
  expect(urlsInRows(reference).length).toBeGreaterThan(20);
});

describe.for(ofDocuments.filter(([, examples]) => examples.length > 0))("%s", ([, examples]) => {
  it.for(examples)("$url", async (example) => {
    const response = await serviceFor(example).fetch(example.url, { redirect: "manual" });
    expect(response.status).toBe(example.status);
    if (example.mime) expect(response.headers.get("content-type")).toContain(example.mime);
    if (example.code) expect(await response.json()).toMatchObject({ code: example.code });
    if (!example.size) return;
    const { header } = await decode(await response.bytes());
    expect(`${header.width} x ${header.height}`).toBe(example.size);
  });
});

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name)),
];

describe("docs/configuration.md", () => {
  const variables = found(
    envSource,
    /(?:"|env\.)([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|UPSTREAMS|LOG|STORAGE|KVSTORE|SHARD|QUALITY|EFFORT|FORMAT|BACKGROUND)\b/g,
  );

  it("describes no variable that is not read", () => {
    const described = found(configuration, /^\| `([A-Z][A-Z0-9_]+)` \|/gm);
    expect(described.length).toBeGreaterThan(40);
    expect(described.filter((name) => !variables.includes(name))).toEqual([]);
  });

  it.for(variables)("describes %s", (name) => expect(configuration).toContain(`| \`${name}\` |`));

  it.for([...envSource.matchAll(/\["([A-Z_]+)", ([0-9_]+), ([0-9_]+), ([0-9_]+)\]/g)].map((row) => row.slice(1)))(
    "gives default and bounds of %s",
    ([name, ...numbers]) => {
      const [absent, least, most] = numbers.map((number) => Number(number.replaceAll("_", "")).toLocaleString("en"));
      expect(configuration).toContain(`| \`${name}\` | ${absent} | ${least}–${most} |`);
    },
  );

  it("shows strings that can be read", () => {
    const [{ text }] = examplesFor("strings");
    const pairs = text
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]);
    const config = readConfig(Object.fromEntries(pairs));
    expect(config.storage?.source?.type).toBe("s3");
    expect(config.allowedSizes).toHaveLength(2);
  });
});

describe("docs/url.md and docs/avatars.md", () => {
  it.for(Object.entries(ERRORS))("explain %s", ([code, statuses]) => {
    expect(reference + avatars).toMatch(new RegExp(`^\\| ${statuses.join(", ")} \\| \`${code}\` \\|`, "m"));
  });
});
