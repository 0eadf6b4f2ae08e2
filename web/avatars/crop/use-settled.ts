import { useEffect, useRef, useState } from "preact/hooks";

const REST_MS = 600;

/** `text` once it has stayed the same for a moment; nothing at first. So a screen reader is not told of every pixel. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState("");
  const first = useRef(text);
  useEffect(() => {
    if (text === first.current) return;
    const timer = setTimeout(() => setSettled(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
