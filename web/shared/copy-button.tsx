import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";

const SHOWN_MS = 1800;

/** Copies a text and says so. */
export function CopyButton({ text, of }: { readonly text: string; readonly of: string }) {
  const [said, setSaid] = useState<"Copied" | "Not copied">();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    toClipboard(text).then(
      () => setSaid("Copied"),
      () => setSaid("Not copied"),
    );
  };
  return (
    <button type="button" class="button small copy" onClick={copy} disabled={text === ""}>
      <Icon name={said === "Copied" ? "done" : "copy"} />
      <span aria-live="polite">{said ?? "Copy"}</span>
      <span class="unseen"> {of}</span>
    </button>
  );
}

/** Browsers have no clipboard where the page came by plain http from another machine: there the older way is left. */
async function toClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("Cannot copy");
}
