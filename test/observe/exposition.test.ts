import { describe, it } from "vitest";
import { byLabel, expose, single } from "../../src/observe/exposition.ts";

describe("expose()", () => {
  it("writes Prometheus' text format", ({ expect }) => {
    const odd = new Map([
      ['a "b" \\ c\nd', 3],
      ["e", 0],
    ]);
    expect(expose([single("up", "gauge", "Whether it is.", 1), byLabel("n_total", "How many.", "what", odd)])).toBe(
      [
        "# HELP up Whether it is.",
        "# TYPE up gauge",
        "up 1",
        "# HELP n_total How many.",
        "# TYPE n_total counter",
        'n_total{what="a \\"b\\" \\\\ c\\nd"} 3',
        'n_total{what="e"} 0',
        "",
      ].join("\n"),
    );
  });

  it("says nothing of what has not happened", ({ expect }) => {
    expect(expose([byLabel("n_total", "How many.", "what", new Map())])).toBe(
      "# HELP n_total How many.\n# TYPE n_total counter\n",
    );
  });
});
