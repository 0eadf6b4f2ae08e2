import "./choose.css";

interface Props {
  readonly choose: (file: File) => void;
  readonly disabled: boolean;
  /** A file is held over the page. */
  readonly isOver: boolean;
}

/** A place to drop a picture, which is a button too. */
export const Choose = ({ choose, disabled, isOver }: Props) => (
  <label class={isOver && !disabled ? "drop over" : "drop"}>
    <input
      class="unseen"
      type="file"
      accept="image/jpeg,image/png,image/gif,image/webp,image/avif"
      disabled={disabled}
      onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        if (file) choose(file);
        // The same file may be chosen again.
        currentTarget.value = "";
      }}
    />
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 15V5m0 0L8 9m4-4 4 4M5 15v3a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-3" />
    </svg>
    <span class="button primary">Choose a picture</span>
    <span class="hint">or drop one here, or paste it. JPEG, PNG, GIF, WebP or AVIF</span>
  </label>
);
