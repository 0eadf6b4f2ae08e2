import type { OperationEntry } from "../../../src/operation/operations.ts";
import type { OptionName } from "../../../src/operation/option.ts";
import { type Texts, withText } from "../model/recipe.ts";
import { labelOf, optionOf, shapeOf } from "../model/table.ts";
import { Control } from "./control.tsx";

interface FieldsProps {
  /** Starts the ids of controls. */
  readonly id: string;
  readonly options: readonly OptionName[];
  readonly entry?: OperationEntry;
  readonly texts: Texts;
  /** How many pixels a slider reaches to. */
  readonly reach: number;
  readonly onChange: (texts: Texts) => void;
}

/** A control for each option, made from the table that the Worker reads requests by. */
export const Fields = ({ id, options, entry, texts, reach, onChange }: FieldsProps) => (
  <div class="fields">
    {options.map((name) => (
      <Control
        key={name}
        id={`${id}-${name}`}
        label={labelOf(name)}
        about={optionOf(name).about}
        example={entry?.example?.[name]}
        shape={shapeOf(name, entry)}
        text={texts[name] ?? ""}
        reach={reach}
        onChange={(text) => onChange(withText(texts, name, text))}
      />
    ))}
  </div>
);
