import type { Wanted } from "./address.ts";

interface Props {
  readonly wanted: Wanted;
  readonly set: (change: Partial<Wanted>) => void;
  /** The seed is the id of the token, which cannot be typed. */
  readonly isOwn: boolean;
}

/** What else is asked of a drawing. */
export const Options = ({ wanted: { style, seed, name, px, round }, set, isOwn }: Props) => (
  <div class="options">
    {!isOwn && <Text label="Drawn from" value={seed} change={(text) => set({ seed: text })} />}
    {style === "initials" && <Text label="Name" value={name} change={(text) => set({ name: text })} />}
    <label class="field">
      <span class="label">Size in pixels</span>
      <input
        class="input"
        type="number"
        min={1}
        max={2048}
        value={px}
        onInput={({ currentTarget: { valueAsNumber, validity } }) => validity.valid && set({ px: valueAsNumber || px })}
      />
    </label>
    <fieldset class="field">
      <legend class="label">Shape</legend>
      <div class="segments">
        <Shape name="Square" checked={!round} choose={() => set({ round: false })} />
        <Shape name="Circle" checked={round} choose={() => set({ round: true })} />
      </div>
    </fieldset>
  </div>
);

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
}

const Text = ({ label, value, change }: TextProps) => (
  <label class="field">
    <span class="label">{label}</span>
    <input class="input" value={value} onInput={({ currentTarget }) => change(currentTarget.value)} />
  </label>
);

interface ShapeProps {
  readonly name: string;
  readonly checked: boolean;
  readonly choose: () => void;
}

const Shape = ({ name, checked, choose }: ShapeProps) => (
  <label>
    <input type="radio" name="shape" checked={checked} onChange={choose} />
    <span>{name}</span>
  </label>
);
