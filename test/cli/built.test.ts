import { expect, it } from "vitest";
import { COMMANDS } from "../../cli/commands.ts";
import { VARIABLES } from "../../cli/help.ts";
import { VERSION } from "../../src/version.ts";
import { edgefit, printed, spawned, workerUrl } from "./support/edgefit.ts";
import { SECRETS } from "./support/secrets.ts";

it("the built file helps, and ends as it should", async () => {
  const help = await spawned(["--help"]);
  expect([help.code, help.err]).toEqual([0, ""]);
  expect(help.out).toBe((await edgefit(["--help"])).out);
  expect(await spawned(["--version"])).toEqual({ code: 0, out: `${VERSION}\n`, err: "" });
  expect(await spawned(["nothing"])).toMatchObject({ code: 2, out: "" });
  expect(await spawned(["sign", "/display/a.png"], { env: {} })).toMatchObject({ code: 2, out: "" });
});

it("the built file reads a secret from a pipe, and asks the Worker", async () => {
  const signed = await spawned(["sign", `${workerUrl}/display/resize/20x/a.png`, "--secret-from", "-"], {
    env: {},
    input: SECRETS.SECRET_KEY,
  });
  expect((await fetch(signed.out.trim())).status).toBe(200);
  const warmed = await spawned(["warm", "-", "--width", "19", "--json"], { input: "a.png" });
  expect([JSON.parse(warmed.out).made, warmed.code, warmed.err]).toEqual([1, 0, ""]);
});

it("--help of all commands is made of the table", async () => {
  const overview = await printed(["--help"]);
  for (const { name, words, about, flags, examples } of COMMANDS) {
    const help = await printed([name, "--help"]);
    expect(overview).toContain(`  ${[name, ...words].join(" ")}`);
    for (const text of [about, ...Object.keys(flags).map((flag) => `--${flag}`), ...examples])
      expect(help).toContain(text);
    expect(examples.every((example) => example.startsWith(`edgefit ${name}`))).toBe(true);
  }
  for (const variable of Object.keys(VARIABLES)) expect(overview).toContain(variable);
});

it.for([
  [["url", "a.png", "b.png"], "Cannot use b.png"],
  [["url"], "expected PATH|URL"],
  [["url", "a.png", "--colour", "f00"], "--colour"],
  [["url", "a.png", "--width"], "--width"],
  [["uurl"], "Cannot do uurl"],
] as const)("%j is refused", async ([args, message]) => {
  const { code, err } = await edgefit(args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

it("no secret can be given as an argument", () => {
  const named = COMMANDS.flatMap(({ flags }) => Object.entries(flags)).filter(([name]) =>
    /secret|token|key/.test(name),
  );
  expect([...new Set(named.map(([name, { value }]) => `${name} ${value}`))].sort()).toEqual([
    "secret NAME",
    "secret-from NAME",
  ]);
});
