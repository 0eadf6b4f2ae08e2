// The recipe in the part of the address that no server sees. It looks like the query that it stands for.
import { OPERATIONS } from "../../../src/operation/operations.ts";
import { type Card, newCard, type Recipe, type Texts, withText } from "./recipe.ts";
import { OUTPUT_OPTIONS, optionNamed, shortName } from "./table.ts";

const pairsOf = (texts: Texts): [string, string][] =>
  Object.entries(texts).map(([name, text]) => [shortName(name as keyof Texts), text ?? ""]);

/** Values hold no space and no colon: those are written as `%20` and `%3A`, and encoded once more with all else. */
function cardText({ operation, texts, paths }: Card): string {
  const tokens = [["op", operation], ...pairsOf(texts), ...paths.map((path) => ["path", path])];
  return tokens.map(([name, text]) => `${name}:${encodeURIComponent(text).replaceAll("%2F", "/")}`).join(" ");
}

/** Text behind the `#`; empty where nothing is chosen. */
export function toFragment({ source, cards, output }: Recipe): string {
  if (source === "") return "";
  const pairs = [["path", source], ...cards.map((card) => ["op", cardText(card)]), ...pairsOf(output)];
  return new URLSearchParams(pairs).toString().replaceAll("%3A", ":").replaceAll("%2F", "/");
}

/** What cannot be understood is left out: a link may be older than the page. */
export function parseFragment(text: string): Recipe {
  const given = new URLSearchParams(text);
  return {
    source: given.get("path") ?? "",
    cards: given.getAll("op").flatMap(parseCard),
    output: textsOf([...given]),
  };
}

function parseCard(text: string): readonly Card[] {
  const tokens = text.split(" ").map((token): [string, string] => {
    const colon = token.indexOf(":");
    return [token.slice(0, colon), decoded(token.slice(colon + 1))];
  });
  const operation = tokens.find(([name]) => name === "op")?.[1] ?? "";
  const entry = OPERATIONS.get(operation);
  if (!entry) return [];
  const paths = tokens.filter(([name]) => name === "path").map(([, path]) => path);
  return [newCard(operation, textsOf(tokens, entry.options), entry.draws ? paths : [])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const textsOf = (pairs: readonly [string, string][], allowed = OUTPUT_OPTIONS): Texts =>
  pairs.reduce<Texts>((texts, [name, text]) => {
    const option = optionNamed(name);
    return option && allowed.includes(option) ? withText(texts, option, text) : texts;
  }, {});
