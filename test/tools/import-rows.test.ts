import { describe, expect, it } from "vitest";
import { inOrderOfChange, objectKeys, parseCsv, parseDump, toSeedRow } from "../../tools/import/rows.ts";

const HASH = "7505d64a54e061b7acd54ccd58b49dc43500b635";

describe("toSeedRow()", () => {
  it("reads a row as PostgreSQL gives it", () => {
    const updated_at = new Date(1_500_000_000_000);
    const row = {
      hash: HASH.toUpperCase(),
      type: "jpg ",
      sizes: ["small", "medium"],
      created_at: new Date(0),
      updated_at,
    };
    const expected = { hash: HASH, type: "jpg", sizes: ["small", "medium"], updatedAt: 1_500_000_000_000 };
    expect(toSeedRow(row, 1)).toEqual(expected);
  });

  it.for([
    ["a list as text", '["large","small"]', ["large", "small"]],
    ["an object", { small: {}, original: {} }, ["small", "original"]],
    ["an object as text", '{"small":{"href":"x"}}', ["small"]],
    ["nothing", null, []],
    ["no text", "", []],
    ["what is no name", [1, null, "small"], ["small"]],
  ] as const)("reads sizes from %s", ([, sizes, expected]) => {
    expect(toSeedRow({ hash: HASH, type: "png", sizes }, 1).sizes).toEqual(expected);
  });

  it.for([
    [{ type: "jpg", sizes: [] }, "Cannot read row 7: expected hash, type and sizes"],
    ["text", "Cannot read row 7: expected hash, type and sizes"],
    [{ hash: HASH, type: "jpg", sizes: "[" }, "Cannot read sizes of row 7: expected JSON"],
  ] as const)("refuses %j", ([row, message]) => {
    expect(() => toSeedRow(row, 7)).toThrow(message);
  });

  it("takes a row without times", () => {
    expect(toSeedRow({ hash: HASH, type: "gif", sizes: [] }, 1).updatedAt).toBe(0);
  });
});

describe("objectKeys()", () => {
  it("names the largest size first, and sizes that the row does not name last", () => {
    const keys = objectKeys({ hash: HASH, type: "jpg", sizes: ["small", "large"], updatedAt: 0 });
    const sizes = keys.map((key) => key.split(".")[1]);
    expect([...new Set(sizes)]).toEqual(["large", "small", "original", "medium"]);
  });

  it("looks in both folders that are told of", () => {
    const [first, second] = objectKeys({ hash: HASH, type: "png", sizes: ["medium"], updatedAt: 0 });
    expect(first).toBe(`7/50/${HASH}.medium.png`);
    expect(second).toBe(`7/75/${HASH}.medium.png`);
  });
});

describe("inOrderOfChange()", () => {
  it("puts who changed last at the end, and the same time in the order of the hash", () => {
    const row = (hash: string, updatedAt: number) => ({ hash, type: "jpg", sizes: [], updatedAt });
    const rows = [row("c", 5), row("b", 5), row("a", 9), row("d", 1)];
    expect(inOrderOfChange(rows).map(({ hash }) => hash)).toEqual(["d", "b", "c", "a"]);
  });
});

describe("parseDump()", () => {
  const expected = [{ hash: HASH, type: "jpg", sizes: ["small"], updatedAt: 1_000 }];
  const json = `{"hash":"${HASH}","type":"jpg ","sizes":["small"],"updated_at":"1970-01-01T00:00:01Z"}`;

  it.for([
    ["a.json", `[${json}]`],
    ["a.json", `${json}\n\n`],
    ["a.csv", `hash,type,sizes,updated_at\n${HASH},jpg ,"[""small""]",1970-01-01T00:00:01Z\n`],
    ["a.csv", `TYPE,Hash,sizes,created_at\r\njpg,${HASH},"[""small""]",1970-01-01T00:00:01Z`],
  ] as const)("reads %s: %j", ([name, text]) => {
    expect(parseDump(name, text)).toEqual(expected);
  });

  it("reads nothing from an empty file", () => {
    expect(parseDump("a.csv", "")).toEqual([]);
    expect(parseDump("a.json", "")).toEqual([]);
  });
});

describe("parseCsv()", () => {
  it.for([
    [
      "a,b\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ['"a,""b""\nc",\n', [['a,"b"\nc', ""]]],
    ["a\r\n\r\nb\r\n", [["a"], ["b"]]],
    [",", [["", ""]]],
  ] as const)("reads %j", ([text, rows]) => {
    expect(parseCsv(text)).toEqual(rows);
  });
});
