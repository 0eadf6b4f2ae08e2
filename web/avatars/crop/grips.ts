import type { Grip } from "./square.ts";

type Point = Pick<PointerEvent, "clientX" | "clientY">;

/** How one or two pointers hold what is in `frame`; more than two hold no better. */
export function gripOf(points: readonly Point[], frame: DOMRect): Grip {
  const [first, second = first] = points;
  const middle = (a: number, b: number) => (a + b) / 2;
  return {
    x: (middle(first.clientX, second.clientX) - frame.left) / frame.width,
    y: (middle(first.clientY, second.clientY) - frame.top) / frame.height,
    spread:
      first === second ? 1 : Math.max(1, Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY)),
  };
}

/** Lines and pages of a wheel, in pixels. */
const UNIT_PX = [1, 16, 400];

/** How much larger the picture gets; the pinch of a touch pad comes as a wheel with Control, in small steps. */
export function wheelFactor({ deltaY, deltaMode, ctrlKey }: WheelEvent): number {
  const px = deltaY * (UNIT_PX[deltaMode] ?? 1);
  return Math.exp(Math.max(-120, Math.min(px, 120)) * (ctrlKey ? -0.01 : -0.002));
}
