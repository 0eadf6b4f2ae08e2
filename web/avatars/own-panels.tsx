import type { Access } from "./avatar/api.ts";
import { NowPanel } from "./avatar/now-panel.tsx";
import { SizesPanel } from "./avatar/sizes-panel.tsx";
import type { AvatarWork } from "./avatar/use-avatar.ts";
import { CropPanel } from "./crop/crop-panel.tsx";
import { useDrop } from "./crop/use-drop.ts";
import { useEditing } from "./crop/use-editing.ts";
import type { Session } from "./token/use-session.ts";

interface Props {
  readonly access: Access | undefined;
  readonly session: Session;
  readonly work: AvatarWork;
  /** What others see where there is no picture. */
  readonly standIn: (px: number) => string;
}

/** What a token opens. A picture in work outlives a token that expires: it is there again with the next one. */
export function OwnPanels({ access, session: { token, forget }, work, standIn }: Props) {
  const { avatar } = work;
  const { mayWrite = false, mayDelete = false } = token ?? {};
  const editing = useEditing(access, work);
  const canChoose = mayWrite && avatar !== "unknown" && editing.sent === undefined;
  const isOver = useDrop((file) => canChoose && editing.choose(file));
  if (!access) return null;
  return (
    <>
      <NowPanel
        {...{ work, mayWrite, mayDelete, standIn }}
        id={access.id}
        cropAgain={editing.cropAgain}
        giveToken={forget}
      />
      {avatar !== "unknown" && (
        <CropPanel {...{ editing, isOver }} disabled={!mayWrite} reload={work.load} giveToken={forget} />
      )}
      {typeof avatar === "object" && <SizesPanel avatar={avatar} />}
    </>
  );
}
