import { useEffect, useRef } from "preact/hooks";

interface Place {
  readonly current: HTMLElement | null;
}

/** What had the focus is gone when another part of `place` is shown, so it goes to `selector`; not at first. */
export function useFocus(place: Place, selector: string | undefined): void {
  const last = useRef(selector);
  useEffect(() => {
    if (last.current === selector) return;
    last.current = selector;
    if (selector) place.current?.querySelector<HTMLElement>(selector)?.focus();
  }, [selector]);
}
