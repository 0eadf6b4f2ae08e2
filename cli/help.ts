import type { Command, Flag, Flags } from "./command.ts";
import { COMMON_FLAGS } from "./parse.ts";

/** What the environment may hold; docs/cli.md has the same table. */
export const VARIABLES: Readonly<Record<string, string>> = {
  EDGEFIT_URL: "Address of the Worker, such as https://pics.example.com",
  EDGEFIT_SECRET: "SECRET_KEY of the Worker: signs URLs",
  EDGEFIT_UPLOAD_SECRET: "UPLOAD_SECRET of the Worker: purges",
  EDGEFIT_JWT_SECRET: "JWT_SECRET of the Worker: makes tokens for avatars",
  EDGEFIT_TOKEN: "A token for avatars that was made before",
};

/** `edgefit --help`. */
export const overview = (commands: readonly Command[]): string =>
  [
    "edgefit COMMAND ...",
    "",
    ...columns(commands.map(({ name, words, about }) => [[name, ...words].join(" "), about])),
    "",
    "edgefit COMMAND --help tells more. The environment may hold:",
    "",
    ...columns(Object.entries(VARIABLES)),
    "",
  ].join("\n");

/** `edgefit COMMAND --help`. */
export function helpOf({ name, words, about, flags, examples }: Command): string {
  const all = Object.entries<Flag>({ ...flags, ...COMMON_FLAGS } satisfies Flags);
  return [
    ["edgefit", name, ...words].join(" "),
    "",
    about,
    "",
    ...columns(all.map(([flag, told]) => [flagText(flag, told), told.about])),
    "",
    ...examples.map((example) => `  $ ${example}`),
    "",
  ].join("\n");
}

const flagText = (name: string, { short, value }: Flag): string =>
  [short && `-${short},`, `--${name}`, value].filter((part) => part !== undefined).join(" ");

/** No first column is wider than this: what is longer has its line for itself. */
const MOST = 32;

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.min(MOST, Math.max(...rows.map(([left]) => left.length)));
  return rows.flatMap(([left, right]) =>
    left.length > width ? [`  ${left}`, `  ${" ".repeat(width)}  ${right}`] : [`  ${left.padEnd(width)}  ${right}`],
  );
}
