import "./progress.css";

interface Props {
  /** Fraction that has been sent, 0–1. */
  readonly sent: number;
  readonly stop: () => void;
}

/** How far an upload is. The last of it is the server's work, whose end nobody knows. */
export const Progress = ({ sent, stop }: Props) => (
  <div class="row sending" tabIndex={-1}>
    <div class="grow">
      <p class="hint" role="status">
        {sent < 1 ? "Uploading" : "Cutting the picture to size"}
      </p>
      <div
        class={sent < 1 ? "progress" : "progress waiting"}
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(sent * 100)}
      >
        <div style={{ width: `${sent * 100}%` }} />
      </div>
    </div>
    <button type="button" class="button small" onClick={stop}>
      Stop
    </button>
  </div>
);
