import { describe, expect, it } from "vitest";
import { readConfig } from "../src/env.ts";

describe("readConfig()", () => {
  it.for([
    [{ ALLOWED_SIZES: [{ widht: 300 }] }, "ALLOWED_SIZES must be an object of width, height; widht is not known"],
    [{ ALLOWED_SIZES: '[{"width":-1}]' }, "ALLOWED_SIZES must be { width, height } in pixels"],
    [{ MAX_IMAGE_DIMENSIONS: { w: 100 } }, "MAX_IMAGE_DIMENSIONS must be an object of width, height"],
    [{ MAX_IMAGE_DIMENSIONS: "100" }, "MAX_IMAGE_DIMENSIONS must be { width, height } in pixels"],
    [{ ALLOWED_METHODS: "GET POST" }, "ALLOWED_METHODS must be a list of names"],
    [{ ALLOWED_HEADERS: ["x:y"] }, "ALLOWED_HEADERS must be a list of names"],
    [{ DEFAULT_USER_AGENT: "a\nb" }, "DEFAULT_USER_AGENT must be one line of ASCII"],
  ] as const)("refuses %j", ([env, message]) => {
    expect(() => readConfig(env)).toThrow(`Cannot start: ${message}`);
  });

  it("takes names of methods and headers, and the star", () => {
    const { cors } = readConfig({ ALLOWED_ORIGINS: "*", ALLOWED_METHODS: "get, HEAD", ALLOWED_HEADERS: "*,X-Token" });
    expect(cors).toEqual({ origins: ["*"], methods: ["GET", "HEAD"], headers: ["*", "X-Token"] });
  });
});
