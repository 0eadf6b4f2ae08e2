import type { ControlProps } from "./control.tsx";

type TextBoxProps = Pick<ControlProps, "id" | "example" | "text" | "onChange">;

/** The line of text of a control, whose row labels and describes it. */
export const TextBox = ({ id, example, text, onChange }: TextBoxProps) => (
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
);
