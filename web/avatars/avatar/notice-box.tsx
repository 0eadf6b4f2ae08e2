import { useEffect, useRef } from "preact/hooks";
import type { AvatarWork } from "./use-avatar.ts";

interface Props {
  readonly work: AvatarWork;
}

/** Says what was done, and takes it back. It gets the focus, since what was pressed is gone. */
export function NoticeBox({ work: { notice, avatar, busy, showAgain } }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (notice) box.current?.focus();
  }, [notice]);
  const undo = notice?.undo;
  const isKept = typeof avatar === "object" && avatar.revisions.some(({ rev }) => rev === undo);
  return (
    <div class="notice" ref={box} tabIndex={-1}>
      <p role="status">{notice?.text}</p>
      {undo !== undefined && isKept && (
        <button type="button" class="button small" disabled={busy} onClick={() => showAgain(undo)}>
          Undo
        </button>
      )}
    </div>
  );
}
