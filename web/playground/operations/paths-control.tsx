import { Icon } from "../../shared/icon.tsx";

interface PathsControlProps {
  readonly id: string;
  readonly paths: readonly string[];
  readonly onChange: (paths: readonly string[]) => void;
}

/** Names of pictures in the source storage, one box each. */
export const PathsControl = ({ id, paths, onChange }: PathsControlProps) => (
  <fieldset class="field paths">
    <legend class="label">Pictures</legend>
    {paths.map((path, index) => (
      <div class="row" key={index}>
        <input
          class="input"
          id={`${id}-${index}`}
          aria-label={`Picture ${index + 1}`}
          placeholder="badge.png"
          autocomplete="off"
          spellcheck={false}
          value={path}
          onChange={({ currentTarget }) => onChange(paths.with(index, currentTarget.value.trim()))}
        />
        <button
          type="button"
          class="icon"
          aria-label={`Remove picture ${index + 1}`}
          onClick={() => onChange(paths.toSpliced(index, 1))}
        >
          <Icon name="remove" />
        </button>
      </div>
    ))}
    <button type="button" class="button small" onClick={() => onChange([...paths, ""])}>
      <Icon name="add" />
      Add a picture
    </button>
  </fieldset>
);
