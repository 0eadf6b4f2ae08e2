import "./editor.css";
import { useEffect, useRef } from "preact/hooks";
import type { Picture } from "./picture.ts";
import { Previews } from "./previews.tsx";
import { magnified, rounded, type Square, zoomedTo, zoomOf } from "./square.ts";
import { Stage } from "./stage.tsx";
import { useSettled } from "./use-settled.ts";

interface Props {
  readonly picture: Picture;
  readonly square: Square;
  readonly change: (change: (square: Square) => Square) => void;
  /** While it is sent, nothing can be changed about it. */
  readonly inert: boolean;
}

/** Where a person says which part of the picture is shown. */
export function Editor({ picture, square, change, inert }: Props) {
  const shown = rounded(square, picture);
  const editor = useRef<HTMLDivElement>(null);
  useEffect(() => editor.current?.querySelector<HTMLElement>(".stage")?.focus(), [picture]);
  return (
    <div class="editor" ref={editor} inert={inert}>
      <Stage picture={picture} square={square} change={change} />
      <Zoom zoom={zoomOf(square, picture)} by={(factor) => change((now) => magnified(now, factor, picture))}>
        <input
          type="range"
          aria-label="Zoom"
          min="0"
          max="1"
          step="0.01"
          value={zoomOf(square, picture)}
          onInput={({ currentTarget }) => change((now) => zoomedTo(now, Number(currentTarget.value), picture))}
        />
      </Zoom>
      <Previews picture={picture} square={shown} />
      <Facts {...shown} width={picture.width} height={picture.height} />
    </div>
  );
}

interface ZoomProps {
  readonly zoom: number;
  readonly by: (factor: number) => void;
  readonly children: preact.ComponentChildren;
}

const Zoom = ({ zoom, by, children }: ZoomProps) => (
  <div class="zoom">
    <button
      type="button"
      class="icon"
      aria-label="Show more of the picture"
      disabled={zoom <= 0}
      onClick={() => by(0.8)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 8h10" />
      </svg>
    </button>
    {children}
    <button
      type="button"
      class="icon"
      aria-label="Show less of the picture"
      disabled={zoom >= 1}
      onClick={() => by(1.25)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M3 8h10M8 3v10" />
      </svg>
    </button>
  </div>
);

interface FactsProps {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly width: number;
  readonly height: number;
}

/** Below this an avatar looks soft on a profile page. */
const SHARP_PX = 256;

/** Read out once the picture has come to rest. */
function Facts({ x, y, side, width, height }: FactsProps) {
  const settled = useSettled(`${side} × ${side} of ${width} × ${height} pixels, from ${x}, ${y}`);
  return (
    <div class="crop-facts">
      <p class="hint" id="stage-keys">
        Drag, or use the arrow keys; with Shift they go by one pixel. Zoom with the wheel, two fingers, or + and −.
      </p>
      <p class="hint numbers">
        {side} × {side} of {width} × {height} pixels, from {x}, {y}
        {side < SHARP_PX && <span> · looks soft above {side} pixels</span>}
      </p>
      <p class="unseen" role="status">
        {settled}
      </p>
    </div>
  );
}
