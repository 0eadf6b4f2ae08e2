import "./remove-dialog.css";

interface Props {
  readonly dialog: { current: HTMLDialogElement | null };
  /** How many ids lead to the avatar. */
  readonly ids: number;
  readonly remove: () => Promise<boolean>;
}

/** Asks once more, since nothing brings a deleted avatar back. */
export const RemoveDialog = ({ dialog, ids, remove }: Props) => (
  <dialog ref={dialog} class="panel" aria-labelledby="remove" aria-describedby="remove-text">
    <h2 id="remove">Delete this avatar?</h2>
    <p id="remove-text">
      The picture goes at once, for {ids === 1 ? "its id" : `all of its ${ids} ids`}, and so do the earlier ones. This
      cannot be undone.
    </p>
    <form method="dialog" class="row">
      <button type="submit" class="button">
        Keep it
      </button>
      <button type="submit" class="button danger" onClick={() => void remove()}>
        Delete
      </button>
    </form>
  </dialog>
);
