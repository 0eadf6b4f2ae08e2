import { useRef } from "preact/hooks";
import type { Avatar, Revision } from "./api.ts";
import { Earlier } from "./earlier.tsx";
import { Faces, NoFaces } from "./faces.tsx";
import { NoticeBox } from "./notice-box.tsx";
import "./now-panel.css";
import { ProblemBox } from "./problem-box.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";
import type { AvatarWork } from "./use-avatar.ts";

interface Props {
  readonly work: AvatarWork;
  readonly id: string;
  readonly mayWrite: boolean;
  readonly mayDelete: boolean;
  /** What others see where there is no picture. */
  readonly standIn: (px: number) => string;
  readonly cropAgain: (revision: Revision) => void;
  readonly giveToken: () => void;
}

/** The picture as everybody sees it at present, and what can be done to it. */
export function NowPanel(props: Props) {
  const { work, giveToken } = props;
  return (
    <section class="panel now" aria-labelledby="now" aria-busy={work.busy}>
      <h2 id="now">The picture now</h2>
      <Shown {...props} />
      <NoticeBox work={work} />
      {work.failure && (
        <ProblemBox
          problem={work.failure.problem}
          remedies={{ reload: work.load, retry: work.failure.retry, token: giveToken }}
        />
      )}
      {typeof work.avatar === "object" && <Actions {...props} avatar={work.avatar} />}
    </section>
  );
}

function Shown({ work: { avatar }, id, standIn }: Props) {
  if (avatar === "unknown") return <NoFaces />;
  if (avatar === "none")
    return (
      <>
        <Faces srcOf={standIn} label="What is shown in its place" />
        <p class="hint">There is no picture yet. The style below is shown in its place.</p>
      </>
    );
  const { described } = avatar;
  return <Faces srcOf={(px) => pathOf(id, described, px)} label={described.alt ?? "The picture"} />;
}

const pathOf = (id: string, { rev, type }: Avatar["described"], px: number): string => `/a/${id}/${rev}/${px}.${type}`;

function Actions(props: Props & { readonly avatar: Avatar }) {
  const { work, avatar, id, mayWrite, mayDelete, cropAgain } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [present, ...earlier] = avatar.revisions;
  return (
    <>
      <div class="row">
        {mayWrite && present?.source.kept && (
          <button type="button" class="button" disabled={work.busy} onClick={() => cropAgain(present)}>
            Show another part
          </button>
        )}
        {mayDelete && (
          <button type="button" class="button" disabled={work.busy} onClick={() => dialog.current?.showModal()}>
            Delete…
          </button>
        )}
      </div>
      {earlier.map((revision) => (
        <Earlier key={revision.rev} id={id} revision={revision} work={work} />
      ))}
      <RemoveDialog dialog={dialog} ids={avatar.described.ids.length} remove={work.remove} />
    </>
  );
}
