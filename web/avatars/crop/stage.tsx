import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { drawPart } from "./draw.ts";
import { gripOf, wheelFactor } from "./grips.ts";
import type { Picture } from "./picture.ts";
import { centred, dragged, type Grip, magnified, moved, rounded, type Square } from "./square.ts";

interface Props {
  readonly picture: Picture;
  readonly square: Square;
  readonly change: (change: (square: Square) => Square) => void;
}

/** Around the frame the picture goes on, so that people see what they leave out: as a fraction of the frame. */
const MARGIN = 0.1;
/** Of the canvas; CSS fits it into its place. */
const CANVAS_PX = 1080;

/** The picture behind a frame: dragged, pinched, wheeled, or moved by keys. */
export function Stage({ picture, square, change }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const hold = useGrips(frame, (from, to) => change((now) => dragged(now, from, to, picture)));
  const shown = rounded(square, picture);

  useLayoutEffect(() => {
    const margin = shown.side * MARGIN;
    const around = { x: shown.x - margin, y: shown.y - margin, side: shown.side + margin * 2 };
    if (canvas.current) drawPart(canvas.current, picture, around);
  }, [picture, shown.x, shown.y, shown.side]);

  // A cropper is worked like a drawing program: keys and gestures are its own.
  return (
    <div
      class="stage"
      role="application"
      aria-label="Part of the picture that is shown"
      aria-describedby="stage-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is worked by keys
      tabIndex={0}
      {...hold}
      onKeyDown={(event) => {
        const next = byKey(event, picture);
        if (!next) return;
        event.preventDefault();
        change(next);
      }}
    >
      <canvas ref={canvas} width={CANVAS_PX} height={CANVAS_PX} />
      <div class="frame" ref={frame} />
    </div>
  );
}

const ARROWS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const FACTORS: Readonly<Record<string, number>> = { "+": 1.1, "=": 1.1, "-": 1 / 1.1, _: 1 / 1.1 };

/** An arrow moves the frame by a twentieth of it, with Shift by one pixel. */
function byKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, picture: Picture) {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === "0") return () => centred(picture);
  if (FACTORS[key]) return (now: Square) => magnified(now, FACTORS[key], picture);
  if (!ARROWS[key]) return undefined;
  const [across, down] = ARROWS[key];
  return (now: Square) => {
    const px = shiftKey ? 1 : Math.max(1, Math.round(now.side / 20));
    return moved(rounded(now, picture), across * px, down * px, picture);
  };
}

/** Calls `onMove` with where the pointers, or the wheel, held the picture and where they hold it now. */
function useGrips(frame: { readonly current: HTMLDivElement | null }, onMove: (from: Grip, to: Grip) => void) {
  const pointers = useRef(new Map<number, PointerEvent>());
  const move = useRef(onMove);
  move.current = onMove;
  const grip = (points: readonly Pick<PointerEvent, "clientX" | "clientY">[]) =>
    gripOf(points, frame.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1));

  // Only a listener that is not passive may keep the page from scrolling.
  useEffect(() => {
    const stage = frame.current?.parentElement;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const from = grip([event]);
      move.current(from, { ...from, spread: wheelFactor(event) });
    };
    stage?.addEventListener("wheel", onWheel, { passive: false });
    return () => stage?.removeEventListener("wheel", onWheel);
  }, []);

  const drop = ({ pointerId }: PointerEvent) => void pointers.current.delete(pointerId);
  return {
    onPointerDown(event: PointerEvent) {
      if (event.button !== 0 || pointers.current.size > 1) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, event);
    },
    onPointerMove(event: PointerEvent) {
      if (!pointers.current.has(event.pointerId)) return;
      const from = grip([...pointers.current.values()]);
      pointers.current.set(event.pointerId, event);
      move.current(from, grip([...pointers.current.values()]));
    },
    onPointerUp: drop,
    onPointerCancel: drop,
  };
}
