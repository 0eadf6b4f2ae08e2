import { useLayoutEffect, useRef } from "preact/hooks";
import { drawPart } from "./draw.ts";
import type { Picture } from "./picture.ts";
import type { Square } from "./square.ts";

interface Props {
  readonly picture: Picture;
  /** In whole pixels. */
  readonly square: Square;
}

const SIDES = [96, 64, 40, 24];

/** The part as it will look, small and smaller, in round places and in square ones. */
export const Previews = (props: Props) => (
  <div class="previews" role="img" aria-label={`Preview at ${SIDES.join(", ")} pixels, round and square`}>
    {["round", "square"].map((shape) => (
      <div key={shape} class="gallery">
        {SIDES.map((side) => (
          <Preview key={side} {...props} side={side} shape={shape} />
        ))}
      </div>
    ))}
  </div>
);

function Preview({ picture, square, side, shape }: Props & { readonly side: number; readonly shape: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { x, y, side: part } = square;
  const dense = Math.ceil(Math.min(window.devicePixelRatio, 3));
  useLayoutEffect(() => {
    if (canvas.current) drawPart(canvas.current, picture, { x, y, side: part });
  }, [picture, x, y, part]);
  return <canvas ref={canvas} class={shape} width={side * dense} height={side * dense} style={{ width: side }} />;
}
