import { hex } from "../colour.ts";
import { ground } from "../ground.ts";
import { circle, path } from "../pen.ts";
import { ownStyle } from "../style.ts";

const BACKGROUND = hex("#e9edf2");
const FIGURE = hex("#778494");

/** One neutral person for everyone. */
export const mp = ownStyle(
  "mp",
  ({ background, foreground }) => {
    const figure = foreground ?? FIGURE;
    return {
      side: 100,
      shapes: [
        ground(100, background ?? BACKGROUND),
        circle(50, 39, 18.5, figure),
        path("M11 100C11 78 27 63.5 50 63.5C73 63.5 89 78 89 100Z", figure),
      ],
      antialias: true,
    };
  },
  ["mm", "mystery"],
);
