import { useEffect, useRef, useState } from "preact/hooks";

/** Takes files that are dropped on the page or pasted into it. True while one is held over it. */
export function useDrop(take: (file: File) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const end = new AbortController();
    const listen = <K extends keyof WindowEventMap>(name: K, listener: (event: WindowEventMap[K]) => void) =>
      window.addEventListener(name, listener, end);
    const takeFrom = (event: Event, data: DataTransfer | null) => {
      const [file] = data?.files ?? [];
      if (!file) return;
      event.preventDefault();
      latest.current(file);
    };
    listen("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(false));
    listen("drop", (event) => {
      setOver(false);
      takeFrom(event, event.dataTransfer);
    });
    listen("paste", (event) => {
      // What is pasted into a field is text, even where the clipboard has a picture of it too.
      if (!(event.target as Element).closest("input, textarea")) takeFrom(event, event.clipboardData);
    });
    return () => end.abort();
  }, []);
  return isOver;
}
