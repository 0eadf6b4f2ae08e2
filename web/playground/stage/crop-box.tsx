import type { Rect, Size } from "../../../src/transform/image.ts";
import { between, confined } from "../model/rectangle.ts";
import { type Place, useDragging } from "./use-dragging.ts";

interface CropBoxProps {
  /** In pixels of `picture`. */
  readonly rect: Rect;
  readonly picture: Size;
  readonly onChange: (rect: Rect) => void;
}

const CORNERS = ["nw", "ne", "sw", "se"] as const;

/** A rectangle on a picture: drawn anew from anywhere, moved from inside, changed at its corners, or by arrow keys. */
export function CropBox({ rect, picture, onChange }: CropBoxProps) {
  const begin = (start: Place, target: Element) => {
    const corner = target.getAttribute("data-corner");
    if (corner) {
      const fixed = opposite(corner, rect, picture);
      return (at: Place) => onChange(between(fixed, at, picture));
    }
    if (target.closest(".rectangle") && !isWhole(rect, picture))
      return (at: Place) => onChange(shifted(rect, start, at, picture));
    return (at: Place) => onChange(between(start, at, picture));
  };
  return (
    <div class="crop" {...useDragging(begin)}>
      <div class="shade">
        <div style={percentages(rect, picture)} />
      </div>
      <button
        type="button"
        class="rectangle"
        style={percentages(rect, picture)}
        aria-label={`Rectangle of ${rect.width} by ${rect.height} pixels at ${rect.left}, ${rect.top}. Arrow keys move it, with Shift they change its size`}
        onKeyDown={(event) => {
          const by = KEYS[event.key];
          if (!by) return;
          event.preventDefault();
          onChange(stepped(rect, by, event.shiftKey, picture));
        }}
      >
        {CORNERS.map((corner) => (
          <span key={corner} class={`corner ${corner}`} data-corner={corner} />
        ))}
      </button>
    </div>
  );
}

/** There is nowhere to move it to: a new one is drawn inside. */
const isWhole = (rect: Rect, { width, height }: Size): boolean => rect.width === width && rect.height === height;

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One press of a key: a hundredth of the picture. */
function stepped(rect: Rect, [x, y]: readonly [number, number], resize: boolean, picture: Size): Rect {
  const dx = x * Math.max(1, Math.round(picture.width / 100));
  const dy = y * Math.max(1, Math.round(picture.height / 100));
  const changed = resize
    ? { ...rect, width: rect.width + dx, height: rect.height + dy }
    : { ...rect, left: rect.left + dx, top: rect.top + dy };
  return confined(changed, picture);
}

const shifted = (rect: Rect, from: Place, to: Place, picture: Size): Rect =>
  confined(
    {
      ...rect,
      left: rect.left + (to.x - from.x) * picture.width,
      top: rect.top + (to.y - from.y) * picture.height,
    },
    picture,
  );

/** The corner that stays where it is while `corner` is dragged. */
const opposite = (corner: string, { left, top, width, height }: Rect, picture: Size): Place => ({
  x: (corner.endsWith("w") ? left + width : left) / picture.width,
  y: (corner.startsWith("n") ? top + height : top) / picture.height,
});

const percentages = ({ left, top, width, height }: Rect, picture: Size) => ({
  left: `${(left / picture.width) * 100}%`,
  top: `${(top / picture.height) * 100}%`,
  width: `${(width / picture.width) * 100}%`,
  height: `${(height / picture.height) * 100}%`,
});
