import { OPERATIONS } from "../../../src/operation/operations.ts";
import { Icon } from "../../shared/icon.tsx";
import type { Card } from "../model/recipe.ts";
import { labelOf, takesRectangle } from "../model/table.ts";
import { Fields } from "./fields.tsx";
import { PathsControl } from "./paths-control.tsx";

interface OperationCardProps {
  readonly card: Card;
  readonly index: number;
  readonly count: number;
  /** Pixels of the longer side of what comes in. */
  readonly reach: number;
  readonly cropping: boolean;
  readonly dragged: boolean;
  readonly onChange: (card: Card) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly onCrop: () => void;
  readonly onGrip: (event: PointerEvent) => void;
}

export function OperationCard({ card, index, count, reach, cropping, dragged, ...on }: OperationCardProps) {
  const entry = OPERATIONS.get(card.operation);
  if (!entry) return null;
  const name = labelOf(card.operation);
  return (
    <li class={dragged ? "card dragged" : "card"} data-card={card.id}>
      <header>
        <button
          type="button"
          class="icon grip"
          aria-label={`Move ${name}, ${index + 1} of ${count}: arrow keys or drag`}
          onPointerDown={on.onGrip}
          onKeyDown={(event) => {
            const by = STEPS[event.key];
            if (by === undefined) return;
            event.preventDefault();
            on.onMove(index + by);
          }}
        >
          <Icon name="grip" />
        </button>
        <h3>
          {name}
          <span class="hint">{entry.about}</span>
        </h3>
        <span class="tools">
          <IconButton name="up" label={`Move ${name} up`} off={index === 0} onClick={() => on.onMove(index - 1)} />
          <IconButton
            name="down"
            label={`Move ${name} down`}
            off={index === count - 1}
            onClick={() => on.onMove(index + 1)}
          />
          <IconButton name="remove" label={`Remove ${name}`} onClick={on.onRemove} />
        </span>
      </header>
      {takesRectangle(entry) && (
        <button type="button" class="button small" aria-pressed={cropping} onClick={on.onCrop}>
          <Icon name="crop" />
          Drag on the picture
        </button>
      )}
      <Fields
        id={`card-${card.id}`}
        options={entry.options}
        entry={entry}
        texts={card.texts}
        reach={reach}
        onChange={(texts) => on.onChange({ ...card, texts })}
      />
      {entry.draws && (
        <PathsControl
          id={`card-${card.id}-paths`}
          paths={card.paths}
          onChange={(paths) => on.onChange({ ...card, paths })}
        />
      )}
    </li>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

interface IconButtonProps {
  readonly name: "up" | "down" | "remove";
  readonly label: string;
  readonly off?: boolean;
  readonly onClick: () => void;
}

const IconButton = ({ name, label, off = false, onClick }: IconButtonProps) => (
  <button type="button" class="icon" aria-label={label} title={label} disabled={off} onClick={onClick}>
    <Icon name={name} />
  </button>
);
