import type { ControlProps } from "./control.tsx";
import { Row } from "./row.tsx";

interface IntegerControlProps extends ControlProps {
  readonly least: number;
  /** Where the slider ends; larger numbers can be typed. */
  readonly most: number;
}

/** A slider to play with, and a box for the exact number. */
export const IntegerControl = ({ id, label, about, text, onChange, least, most }: IntegerControlProps) => (
  <Row id={id} label={label} about={about}>
    <div class="row">
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={least}
        max={most}
        value={text === "" ? least : text}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <input
        id={id}
        class="input number"
        inputMode="numeric"
        autocomplete="off"
        placeholder="auto"
        aria-describedby={`${id}-about`}
        value={text}
        onInput={({ currentTarget }) => onChange(currentTarget.value.trim())}
      />
    </div>
  </Row>
);
