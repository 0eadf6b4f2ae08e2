import type { ControlProps } from "./control.tsx";
import { Row } from "./row.tsx";

interface WordControlProps extends ControlProps {
  readonly words: readonly (readonly [text: string, label: string])[];
}

/** More words than this, or longer ones, do not fit beside each other. */
const MOST_LETTERS = 12;

/** A few short words stand beside each other, more of them in a list. */
export function WordControl({ words, ...props }: WordControlProps) {
  const choices = [["", "auto"] as const, ...words];
  const letters = words.reduce((sum, [, label]) => sum + label.length, 0);
  return letters > MOST_LETTERS ? <List {...props} words={choices} /> : <Segments {...props} words={choices} />;
}

const Segments = ({ id, label, about, text, onChange, words }: WordControlProps) => (
  <Row id={id} label={label} about={about} group>
    <div class="segments" role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={`${id}-about`}>
      {words.map(([word, shown]) => (
        <label key={word}>
          <input type="radio" name={id} checked={word === text} onChange={() => onChange(word)} />
          <span>{shown}</span>
        </label>
      ))}
    </div>
  </Row>
);

const List = ({ id, label, about, text, onChange, words }: WordControlProps) => (
  <Row id={id} label={label} about={about}>
    <select
      id={id}
      class="input"
      aria-describedby={`${id}-about`}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {words.map(([word, shown]) => (
        <option key={word} value={word}>
          {shown}
        </option>
      ))}
    </select>
  </Row>
);
