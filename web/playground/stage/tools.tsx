import { Icon } from "../../shared/icon.tsx";
import type { Layout } from "./layout.ts";

interface ToolsProps {
  readonly layout: Layout;
  readonly onLayout: (layout: Layout) => void;
  readonly cropping: boolean;
  /** There is nothing to crop. */
  readonly idle: boolean;
  readonly onCrop: () => void;
}

const LAYOUTS = [
  ["over", "Slide"],
  ["beside", "Side by side"],
] as const;

/** Above the pictures: how they are compared, and whether a rectangle is dragged on the source. */
export const Tools = ({ layout, onLayout, cropping, idle, onCrop }: ToolsProps) => (
  <div class="stage-tools">
    <div class="segments" role="radiogroup" aria-label="How to compare">
      {LAYOUTS.map(([name, label]) => (
        <label key={name}>
          <input
            type="radio"
            name="layout"
            checked={layout === name}
            disabled={cropping}
            onChange={() => onLayout(name)}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
    <button type="button" class="button small" aria-pressed={cropping} disabled={idle} onClick={onCrop}>
      <Icon name={cropping ? "done" : "crop"} />
      {cropping ? "Done" : "Crop"}
    </button>
  </div>
);
