import { useState } from "preact/hooks";
import type { Size } from "../../../src/transform/image.ts";
import { withPreset } from "../model/presets.ts";
import type { Recipe } from "../model/recipe.ts";
import { sizesAlong } from "../model/sizes.ts";
import { Operations } from "./operations.tsx";
import "./operations.css";
import { Output } from "./output.tsx";
import { Presets } from "./presets.tsx";

interface ControlsProps {
  readonly recipe: Recipe;
  readonly source: Size;
  /** The card whose rectangle is dragged on the picture. */
  readonly cropping: number | undefined;
  readonly onChange: (recipe: Recipe) => void;
  readonly onCrop: (card: number | undefined) => void;
}

/** Whatever says what is done to the picture. */
export function Controls({ recipe, source, cropping, onChange, onCrop }: ControlsProps) {
  const [hints, setHints] = useState(false);
  return (
    <div class={hints ? "column controls with-hints" : "column controls"}>
      <Presets onChoose={(preset) => onChange(withPreset(recipe, preset))} />
      <Operations
        recipe={recipe}
        sizes={sizesAlong(recipe.cards, source)}
        cropping={cropping}
        hints={hints}
        onHints={() => setHints(!hints)}
        onChange={onChange}
        onCrop={onCrop}
      />
      <Output recipe={recipe} onChange={onChange} />
    </div>
  );
}
