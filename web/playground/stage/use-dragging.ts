import { useRef } from "preact/hooks";

/** Where a pointer is on an element: 0 to 1 in both directions while it is inside. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const placeIn = (element: Element, { clientX, clientY }: PointerEvent): Place => {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: (clientX - left) / width, y: (clientY - top) / height };
};

/** What is worked by keys where the pointer was pressed, or else the one thing in the element that is. */
const handleOf = (target: Element, element: Element): HTMLElement | null => {
  const keyed = "button, [tabindex]";
  return target.closest<HTMLElement>(keyed) ?? element.querySelector<HTMLElement>(keyed);
};

/**
 * Follows a pointer that was pressed on an element.
 * @param begin says what its moves do; nothing: this one is not followed
 */
export function useDragging(begin: (at: Place, target: Element) => ((at: Place) => void) | undefined) {
  const follow = useRef<((at: Place) => void) | undefined>(undefined);
  const stop = () => {
    follow.current = undefined;
  };
  return {
    onPointerDown(event: PointerEvent) {
      const element = event.currentTarget as Element;
      if (event.button !== 0 || !event.isPrimary) return;
      const target = event.target as Element;
      follow.current = begin(placeIn(element, event), target);
      if (!follow.current) return;
      // WebKit would select the text that a captured pointer passes. No press is left then to give anything the focus.
      event.preventDefault();
      handleOf(target, element)?.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      follow.current?.(placeIn(event.currentTarget as Element, event));
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
