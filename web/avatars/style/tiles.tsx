import { drawingPath, type Wanted } from "./address.ts";

interface Props {
  readonly styles: readonly string[];
  readonly wanted: Wanted;
  readonly set: (change: Partial<Wanted>) => void;
}

/** Every style, drawn for this very person. */
export const Tiles = ({ styles, wanted, set }: Props) => (
  <fieldset class="tiles">
    <legend class="unseen">Style</legend>
    {styles.map((style) => (
      <label key={style} class="tile">
        <input
          type="radio"
          name="style"
          value={style}
          checked={wanted.style === style}
          onChange={() => set({ style })}
        />
        <img
          class={wanted.round ? "round" : "square"}
          src={drawingPath({ ...wanted, style, px: 96, round: false }, ".svg")}
          width={72}
          height={72}
          alt=""
        />
        <span>{style}</span>
      </label>
    ))}
  </fieldset>
);
