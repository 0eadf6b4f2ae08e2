import { it } from "vitest";
import { refuseLoop, viaHeader } from "../../src/remote/via.ts";

const LOOP = { status: 508, code: "loop_detected" };

it.for([
  viaHeader("edgefit"),
  "1.0 proxy, 1.1 edgefit",
  "1.0 proxy,1.1  edgefit (comment) , 2 other",
  "HTTP/1.1 edgefit",
])("refuseLoop() refuses Via: %s", (via, { expect }) => {
  expect(() => refuseLoop(new Headers({ via }), ["edgefit"])).toThrow(expect.objectContaining(LOOP));
});

it.for([undefined, "1.1 cloudflare", "1.1 edgefit-two", "edgefit 1.1", "1.1 proxy (edgefit)"])(
  "refuseLoop() lets Via: %s pass",
  (via, { expect }) => {
    expect(() => refuseLoop(new Headers(via ? { via } : {}), ["edgefit"])).not.toThrow();
  },
);

it("viaHeader() keeps the hops that came before, where they are plausible", ({ expect }) => {
  expect(viaHeader("edgefit")).toBe("1.1 edgefit");
  expect(viaHeader("edgefit", "1.0 proxy, 1.1 other")).toBe("1.0 proxy, 1.1 other, 1.1 edgefit");
  expect(viaHeader("edgefit", "x".repeat(513))).toBe("1.1 edgefit");
});
