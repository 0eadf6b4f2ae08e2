import { useRef } from "preact/hooks";
import { ProblemBox } from "../avatar/problem-box.tsx";
import { useFocus } from "../use-focus.ts";
import { Choose } from "./choose.tsx";
import { Editor } from "./editor.tsx";
import { Progress } from "./progress.tsx";
import type { Editing, Subject } from "./use-editing.ts";

interface Props {
  readonly editing: Editing;
  readonly disabled: boolean;
  readonly isOver: boolean;
  readonly reload: () => void;
  readonly giveToken: () => void;
}

/** Choosing a picture, its part, and sending both. */
export function CropPanel(props: Props) {
  const { editing, disabled, isOver } = props;
  const { subject, problem, isCancelled, choose } = editing;
  const panel = useRef<HTMLElement>(null);
  useFocus(panel, isCancelled ? "input[type=file]" : undefined);
  return (
    <section class="panel change" ref={panel} aria-labelledby="change">
      <h2 id="change">{subject?.isNew === false ? "Another part of the picture" : "New picture"}</h2>
      {subject ? <Working {...props} subject={subject} /> : <Choose {...{ choose, disabled, isOver }} />}
      {!subject && problem && <ProblemBox problem={problem} remedies={{ token: props.giveToken }} />}
      {!subject && disabled && <p class="hint">This token does not allow to change the picture.</p>}
    </section>
  );
}

function Working({ editing, subject, reload, giveToken }: Props & { readonly subject: Subject }) {
  const { square, setSquare, sent, problem, send, sendCopy, stop, cancel } = editing;
  const isSending = sent !== undefined;
  const working = useRef<HTMLDivElement>(null);
  useFocus(working, isSending ? ".sending" : ".primary");
  return (
    <div ref={working}>
      <Editor picture={subject.picture} square={square} change={setSquare} inert={isSending} />
      {problem && (
        <ProblemBox
          problem={problem}
          remedies={{ retry: send, shrink: sendCopy, convert: sendCopy, token: giveToken, reload }}
        />
      )}
      {isSending ? (
        <Progress sent={sent} stop={stop} />
      ) : (
        <div class="row">
          <button type="button" class="button primary" onClick={send}>
            {subject.isNew ? "Upload" : "Save this part"}
          </button>
          <button type="button" class="button plain" onClick={cancel}>
            Cancel
          </button>
        </div>
      )}
    </div>
  );
}
