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
  const panel = useRef<HTMLElement>(null);
  const list = useRef<HTMLOListElement>(null);
  /** What gets the focus once the list is as it is to be. */
  const next = useRef<string | undefined>(undefined);
  const { cards } = recipe;
  const move = (id: number, to: number) => {
    next.current = gripOf(id);
    onChange(moved(recipe, id, to));
  };
  const remove = (index: number) => {
    const neighbour = cards[index + 1] ?? cards[index - 1];
    next.current = neighbour ? gripOf(neighbour.id) : ".chips button";
    onChange(withoutCard(recipe, cards[index].id));
  };
  const { dragged, grip } = useSorting(list, move);
  // A card that moves in the document, or leaves it, loses the focus.
  useEffect(() => {
    if (next.current === undefined || dragged !== undefined) return;
    panel.current?.querySelector<HTMLElement>(next.current)?.focus();
    next.current = undefined;
  });
  return (
    <section ref={panel} class="panel operations" aria-labelledby="operations-title">
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
            onRemove={() => remove(index)}
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

const gripOf = (id: number): string => `[data-card="${id}"] .grip`;
