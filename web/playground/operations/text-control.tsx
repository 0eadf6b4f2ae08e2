import type { ControlProps } from "./control.tsx";
import { Row } from "./row.tsx";

export const TextControl = ({ id, label, about, example, text, onChange }: ControlProps) => (
  <Row id={id} label={label} about={about}>
    <input
      id={id}
      class="input"
      autocomplete="off"
      spellcheck={false}
      placeholder={example ?? "none"}
      aria-describedby={`${id}-about`}
      value={text}
      onInput={({ currentTarget }) => onChange(currentTarget.value.trim())}
    />
  </Row>
);
