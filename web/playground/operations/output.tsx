import type { Recipe } from "../model/recipe.ts";
import { OUTPUT_OPTIONS } from "../model/table.ts";
import { Fields } from "./fields.tsx";

interface OutputProps {
  readonly recipe: Recipe;
  readonly onChange: (recipe: Recipe) => void;
}

/** Options that belong to no operation: format and the like. */
export const Output = ({ recipe, onChange }: OutputProps) => (
  <section class="panel" aria-labelledby="output-title">
    <h2 id="output-title">Output</h2>
    <Fields
      id="output"
      options={OUTPUT_OPTIONS}
      texts={recipe.output}
      reach={100}
      onChange={(output) => onChange({ ...recipe, output })}
    />
  </section>
);
