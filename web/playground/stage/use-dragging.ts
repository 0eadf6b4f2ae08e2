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
      follow.current = begin(placeIn(element, event), event.target as Element);
      if (follow.current) element.setPointerCapture(event.pointerId);
    },
    onPointerMove(event: PointerEvent) {
      follow.current?.(placeIn(event.currentTarget as Element, event));
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
