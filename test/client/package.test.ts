import { edgefit, type Operation } from "edgefit/client";
import { expect, it } from "vitest";

const pics = edgefit({ base: "https://pics.test" });

it("the package builds what its sources build", async () => {
  const signing = edgefit({ base: "", secret: "abcdef" });
  expect(pics.url("a b.jpg", { op: "rotate", degrees: 90 })).toBe(
    "https://pics.test/display/rotate/x/a%20b.jpg?deg=90",
  );
  expect(await signing.url("avatar.png", { op: "resize", width: 100 })).toBe(
    "/display/041170bbe9269a48c8e6a56353a22c339011f22a/resize/100x/avatar.png",
  );
});

it("its types know which operation takes what", () => {
  const drawing: Operation = { op: "flat", paths: ["a.png"], stick: "top-left", width: 20 };
  const promised: Promise<string> = edgefit({ base: "", secret: "x" }).url("a", [drawing, { op: "noop" }]);
  // @ts-expect-error: turns have no angle of their own
  pics.url("a", { op: "flip", position: "h", degrees: 90 });
  // @ts-expect-error: not by 91
  pics.url("a", { op: "rotate", degrees: 91 });
  // @ts-expect-error: only h and v mirror
  pics.url("a", { op: "flip", position: "x" });
  // @ts-expect-error: a format is the request's, not an operation's
  pics.url("a", [{ op: "resize", format: "png" }]);
  // @ts-expect-error: no such operation
  pics.url("a", { op: "turn" });
  // @ts-expect-error: no such format
  pics.url("a", { format: "tiff" });
  return promised;
});
