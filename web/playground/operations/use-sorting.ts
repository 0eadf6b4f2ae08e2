import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Cards are dragged by a grip, with mouse, pen or finger; the list is put into its new order as the pointer passes. */
export function useSorting(list: RefObject<HTMLElement | null>, onMove: (id: number, to: number) => void) {
  const [dragged, setDragged] = useState<number>();
  // The newest one: it knows the order that the last move has made.
  const move = useRef(onMove);
  move.current = onMove;
  useEffect(() => {
    if (dragged === undefined) return;
    const follow = ({ clientY }: PointerEvent) => {
      const cards = [...(list.current?.querySelectorAll<HTMLElement>("[data-card]") ?? [])];
      const from = cards.findIndex(({ dataset }) => dataset.card === String(dragged));
      const to = placeOf(cards, from, clientY);
      if (to !== from) move.current(dragged, to);
    };
    const stop = () => setDragged(undefined);
    const events = { pointermove: follow, pointerup: stop, pointercancel: stop };
    // The document hears the pointer even while the card moves in it.
    for (const [name, hear] of Object.entries(events)) document.addEventListener(name, hear as EventListener);
    return () => {
      for (const [name, hear] of Object.entries(events)) document.removeEventListener(name, hear as EventListener);
    };
  }, [dragged, list]);
  const grip = (event: PointerEvent, id: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    (event.currentTarget as HTMLElement).focus();
    setDragged(id);
  };
  return { dragged, grip };
}

/** Past the middle of a neighbour: in its place. */
function placeOf(cards: readonly HTMLElement[], from: number, y: number): number {
  const middle = (card: HTMLElement) => {
    const { top, height } = card.getBoundingClientRect();
    return top + height / 2;
  };
  const before = cards.findIndex((card, index) => index < from && y < middle(card));
  const after = cards.findLastIndex((card, index) => index > from && y > middle(card));
  if (before !== -1) return before;
  return after === -1 ? from : after;
}
