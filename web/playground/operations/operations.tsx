import { useEffect, useRef } from "preact/hooks";
import { OPERATIONS } from "../../../src/operation/operations.ts";
import type { Size } from "../../../src/transform/image.ts";
import { Icon } from "../../shared/icon.tsx";
import { exampleCard, moved, type Recipe, withCard, withoutCard } from "../model/recipe.ts";
import { labelOf } from "../model/table.ts";
import { OperationCard } from "./operation-card.tsx";
import { useSorting } from "./use-sorting.ts";

interface OperationsProps {
  readonly recipe: Recipe;
  /** Of what goes into each card. */
  readonly sizes: readonly Size[];
  /** The card whose rectangle is dragged on the picture. */
  readonly cropping: number | undefined;
  /** What the table says about each option is shown. */
  readonly hints: boolean;
  readonly onHints: () => void;
  readonly onChange: (recipe: Recipe) => void;
  readonly onCrop: (card: number | undefined) => void;
}

/** The chain: cards that can be added, removed, filled in and put into another order. */
export function Operations({ recipe, sizes, cropping, hints, onHints, onChange, onCrop }: OperationsProps) {
  const list = useRef<HTMLOListElement>(null);
  const focused = useRef<number | undefined>(undefined);
  const { cards } = recipe;
  const move = (id: number, to: number) => {
    focused.current = id;
    onChange(moved(recipe, id, to));
  };
  const { dragged, grip } = useSorting(list, move);
  // A card that moves in the document loses the focus.
  useEffect(() => {
    if (focused.current === undefined || dragged !== undefined) return;
    list.current?.querySelector<HTMLElement>(`[data-card="${focused.current}"] .grip`)?.focus();
    focused.current = undefined;
  });
  return (
    <section class="panel operations" aria-labelledby="operations-title">
      <header class="titled">
        <h2 id="operations-title">Operations</h2>
        <button type="button" class="button plain small" aria-pressed={hints} onClick={onHints}>
          Hints
        </button>
      </header>
      {cards.length === 0 && <p class="hint">None yet: the result is the picture as it is.</p>}
      <ol ref={list}>
        {cards.map((card, index) => (
          <OperationCard
            key={card.id}
            card={card}
            index={index}
            count={cards.length}
            reach={Math.max(sizes[index].width, sizes[index].height)}
            cropping={cropping === card.id}
            dragged={dragged === card.id}
            onChange={(changed) => onChange(withCard(recipe, changed))}
            onMove={(to) => move(card.id, to)}
            onRemove={() => onChange(withoutCard(recipe, card.id))}
            onCrop={() => onCrop(cropping === card.id ? undefined : card.id)}
            onGrip={(event) => grip(event, card.id)}
          />
        ))}
      </ol>
      <fieldset class="bare chips" aria-label="Add an operation">
        {[...OPERATIONS].map(([name, { about }]) => (
          <button
            key={name}
            type="button"
            class="button small"
            title={about}
            aria-label={`Add ${name}`}
            onClick={() => onChange({ ...recipe, cards: [...cards, exampleCard(name)] })}
          >
            <Icon name="add" />
            {labelOf(name)}
          </button>
        ))}
      </fieldset>
    </section>
  );
}
