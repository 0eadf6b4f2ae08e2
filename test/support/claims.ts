import { parseExample } from "../docs/example.ts";
import { DOCUMENTS } from "./documents.ts";
import { type Example, examplesIn } from "./examples.ts";

/** Which examples a test runs. */
interface Claim {
  readonly test: string;
  readonly runs: (example: Example) => boolean;
}

const claim = (test: string, runs: Claim["runs"]): Claim => ({ test, runs });

/** All blocks in a language, of all documents or of one. */
const blocks = (language: string, document?: string) => (example: Example) =>
  example.language === language && (document === undefined || example.document === document);

const commands = (pattern: RegExp) => (example: Example) => example.language === "sh" && pattern.test(example.text);

const lines = ({ text }: Example): string[] => text.trimEnd().split("\n");

/** Addresses, DNS and the like have no word behind the fence. */
const plain = (fits: (line: string) => boolean) => (example: Example) =>
  example.language === "" && lines(example).every(fits);

/** Who runs what is shown. An example has one test: one that nobody runs, or that two do, fails `claimed.test.ts`. */
const CLAIMS = {
  urls: claim(
    "test/docs/examples.test.ts",
    plain((line) => parseExample(line) !== undefined),
  ),
  strings: claim("test/docs/examples.test.ts", blocks("ini", "docs/configuration.md")),
  answers: claim(
    "test/docs/answers.test.ts",
    ({ language, document }) => language === "json" && !document.includes("migrating"),
  ),
  tokens: claim(
    "test/docs/tokens.test.ts",
    ({ document, language, text }) =>
      document === "docs/avatars.md" &&
      (["js", "python", "ruby", "go"].includes(language) || (language === "php" && text.includes("JWT"))),
  ),
  picfit: claim("test/docs/migrating.test.ts", blocks("json", "docs/migrating-from-picfit.md")),
  configurations: claim("test/cli/docs-configuration.test.ts", blocks("toml")),
  client: claim("test/cli/docs.test.ts", blocks("ts")),
  "command line": claim("test/cli/docs.test.ts", blocks("console")),
  playground: claim(
    "test/web/playground/open.test.ts",
    plain((line) => line.startsWith("http://localhost:8787/#")),
  ),
  page: claim(
    "test/web/avatars/token.test.ts",
    plain((line) => line.endsWith("/avatars#token=TOKEN")),
  ),
  signing: claim("test/examples/signing.test.ts", blocks("js", "docs/url.md")),
  plugin: claim(
    "test/examples/plugin.test.ts",
    ({ language, text }) => language === "php" && text.includes("Plugin Name"),
  ),
  zone: claim(
    "test/examples/zone.test.ts",
    plain((line) => / IN {2}SRV /.test(line)),
  ),
  diagram: claim("test/examples/diagram.test.ts", blocks("mermaid")),
  query: claim("test/examples/query.test.ts", blocks("sql")),
  scrape: claim("test/examples/scrape.test.ts", blocks("yaml")),
  account: claim(
    "test/examples/account.test.ts",
    commands(/^npx wrangler (?:login|secret|r2|queues|hyperdrive)|^npm run deploy/),
  ),
  start: claim("test/examples/start.test.ts", commands(/^(?:npm ci && )?npm start/)),
  dev: claim("test/examples/dev.test.ts", commands(/^npm run migrate -- --local|^npx wrangler dev --ip/)),
  "self-host": claim("test/self-host/self-host.test.ts", commands(/^npm run self-host/)),
  service: claim("test/self-host/self-host.test.ts", blocks("ini", "docs/deploy.md")),
  once: claim("test/examples/once.test.ts", commands(/^npm ci(?: && npm test)?$|^npx edgefit|^npm run .*from-picfit/)),
  migrate: claim("test/examples/migrate.test.ts", commands(/npm run migrate -- --postgres/)),
  import: claim("test/examples/import.test.ts", commands(/npm run import-avatars/)),
  curl: claim("test/examples/curl.test.ts", commands(/^curl /)),
  walk: claim("test/examples/walk.test.ts", commands(/^redis-server|^npx wrangler dev --config|^awk /)),
} as const satisfies Record<string, Claim>;

const EXAMPLES = examplesIn(DOCUMENTS);

/** What a test has to run. */
export const examplesFor = (name: keyof typeof CLAIMS): Example[] => EXAMPLES.filter(CLAIMS[name].runs);

/** As `examplesFor`, what several documents show once. */
export const linesFor = (name: keyof typeof CLAIMS): string[] => [
  ...new Set(examplesFor(name).map(({ text }) => text)),
];

/** Each example with the tests that say they run it. */
export const claimed = (): { readonly example: Example; readonly tests: readonly string[] }[] =>
  EXAMPLES.map((example) => ({
    example,
    tests: Object.values(CLAIMS).flatMap(({ test, runs }) => (runs(example) ? [test] : [])),
  }));

/** Each claim with its test, and how many examples it has. */
export const claims = (): { readonly name: string; readonly test: string; readonly count: number }[] =>
  Object.entries(CLAIMS).map(([name, { test, runs }]) => ({ name, test, count: EXAMPLES.filter(runs).length }));
