import type { ControlProps } from "./control.tsx";
import { Row } from "./row.tsx";
import { TextBox } from "./text-box.tsx";

/** The browser's own palette, and a box for hex digits, which may say how opaque the colour is. */
export const ColourControl = ({ id, label, about, example, text, onChange }: ControlProps) => (
  <Row id={id} label={label} about={about}>
    <div class="row">
      <input
        type="color"
        class="swatch"
        aria-label={`${label}, palette`}
        value={`#${sixDigits(text)}`}
        onInput={({ currentTarget }) => onChange(currentTarget.value.slice(1) + opacity(text))}
      />
      <TextBox id={id} example={example} text={text} onChange={(typed) => onChange(typed.replace(/^#/, ""))} />
    </div>
  </Row>
);

const isHex = (text: string): boolean => /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text);

/** What the palette can show of it: `rrggbb`, black where it is no colour. */
function sixDigits(text: string): string {
  if (!isHex(text)) return "000000";
  return text.length < 6 ? [...text.slice(0, 3)].map((digit) => digit + digit).join("") : text.slice(0, 6);
}

/** The last two of eight digits, which the palette leaves as they are. */
const opacity = (text: string): string => (isHex(text) && text.length === 8 ? text.slice(6) : "");
