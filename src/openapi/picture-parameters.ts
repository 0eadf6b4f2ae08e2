import { OPERATIONS } from "../operation/operations.ts";
import { OPTIONS, type Option, type OptionName, type Shape } from "../operation/option.ts";
import { NO, YES } from "../operation/values.ts";
import { type Parameter, query } from "./route-doc.ts";
import { integer, type Schema, text, word } from "./schema.ts";

function schemaOf(shape: Shape): Schema {
  switch (shape.kind) {
    case "integer":
      return integer(undefined, shape.least, shape.most);
    case "word":
      return word(shape.words);
    case "switch":
      return word([...YES, ...NO]);
    case "colour":
      return shape.loose ? text() : { ...text(), pattern: "^([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$" };
    case "text":
      return text();
  }
}

const usersOf = (option: OptionName): string[] =>
  [...OPERATIONS].filter(([, { options }]) => options.includes(option)).map(([name]) => name);

function optionParameters([option, { names, shape, about }]: readonly [OptionName, Option]): Parameter[] {
  const users = usersOf(option);
  const used = users.length > 0 ? ` Used by ${users.join(", ")}.` : "";
  const [first, ...aliases] = names;
  return [
    query(first, about + used, schemaOf(shape)),
    ...aliases.map((alias) => query(alias, `The same as ${first}.`, schemaOf(shape))),
  ];
}

const operationsAbout = [...OPERATIONS].map(([name, { about }]) => `${name}: ${about}`).join(" ");

const OP: Parameter = query(
  "op",
  `Operations, run in this order: bare names, or "op:NAME key:value ..." with values of their own. ${operationsAbout}`,
  { type: "array", items: { anyOf: [word([...OPERATIONS.keys()]), { ...text(), pattern: "^op:|\\sop:" }] } },
);

/** Of every route that takes a picture's request, in the query form. */
export const PICTURE_PARAMETERS: readonly Parameter[] = [
  query("path", "Name in the source storage.", text()),
  query("url", "Address of the source; wins over path.", text()),
  OP,
  ...(Object.entries(OPTIONS) as [OptionName, Option][]).flatMap(optionParameters),
  query("sig", "HMAC of the canonical query, in hex.", text()),
  query("exp", "When the signature ends, in Unix seconds.", integer()),
  query("force", "Any text: makes the result again.", text()),
];
