import { useRef, useState } from "preact/hooks";
import { Icon } from "../../shared/icon.tsx";
import { type Problem, problemOf } from "../ask/problem.ts";
import { upload } from "../ask/upload.ts";
import { ProblemNote } from "../problem-note.tsx";

interface UploadProps {
  /** UPLOAD_SECRET; empty where none was pasted. */
  readonly token: string;
  readonly onUploaded: (path: string) => void;
}

interface Sending {
  readonly name: string;
  /** 0 to 1. */
  readonly part: number;
  readonly stop: () => void;
}

/** Takes a file that is dropped or chosen, and sends it to the source storage. */
export function Upload({ token, onUploaded }: UploadProps) {
  const [sending, setSending] = useState<Sending>();
  const [problem, setProblem] = useState<Problem>();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const send = (file: File | undefined) => {
    if (!file || sending) return;
    const gone = new AbortController();
    const show = (part: number) => setSending({ name: file.name, part, stop: () => gone.abort() });
    show(0);
    setProblem(undefined);
    upload({ file, token, onProgress: show, signal: gone.signal })
      .then(onUploaded, (thrown) => setProblem(problemOf(thrown)))
      .finally(() => setSending(undefined));
  };
  return (
    <div class="upload">
      <fieldset
        aria-label="Upload"
        class={over ? "bare drop over" : "bare drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          send(event.dataTransfer?.files[0]);
        }}
      >
        {sending ? (
          <Progress {...sending} />
        ) : (
          <>
            <button type="button" class="button" onClick={() => input.current?.click()}>
              <Icon name="upload" />
              Upload a picture
            </button>
            <span class="hint drop-hint">or drop it here</span>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept="image/*,.avif,.tif,.tiff"
          class="unseen"
          tabIndex={-1}
          aria-label="Picture to upload"
          onChange={({ currentTarget }) => {
            send(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
      </fieldset>
      <div aria-live="polite">{problem && <ProblemNote problem={problem} />}</div>
    </div>
  );
}

const Progress = ({ name, part, stop }: Sending) => (
  <div class="sending">
    <div
      class="progress"
      role="progressbar"
      aria-label={`Uploading ${name}`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    >
      <div style={{ width: `${part * 100}%` }} />
    </div>
    <div class="row">
      <span class="hint">{part < 1 ? `${Math.round(part * 100)} % of ${name}` : `Checking ${name}`}</span>
      <button type="button" class="button small" onClick={stop}>
        Stop
      </button>
    </div>
  </div>
);
