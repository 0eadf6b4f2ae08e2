import "./page.css";
import "./gallery.css";
import { useMemo, useState } from "preact/hooks";
import { Top } from "../shared/top.tsx";
import { useAvatar } from "./avatar/use-avatar.ts";
import { OwnPanels } from "./own-panels.tsx";
import { drawingPath, type Wanted } from "./style/address.ts";
import { StylesPanel } from "./style/styles-panel.tsx";
import { TokenPanel } from "./token/token-panel.tsx";
import { useSession } from "./token/use-session.ts";

const FIRST: Wanted = { style: "identicon", seed: "Ada Lovelace", px: 80, round: false, name: "Ada Lovelace" };

/** `GET /avatars`. */
export function Page() {
  const session = useSession();
  const { token, id } = session;
  const access = useMemo(() => (token && id ? { id, token: token.text } : undefined), [token?.text, id]);
  const work = useAvatar(access);
  const [wanted, setWanted] = useState(FIRST);
  const shown = access ? { ...wanted, seed: access.id } : wanted;
  // What stands below comes when its place is known, so that nothing moves.
  const isPlaced = !access || work.avatar !== "unknown";
  return (
    <>
      <Top page="Avatars" about="How people are seen" />
      <main class={access ? "avatars" : "avatars without"}>
        <TokenPanel session={session} />
        <OwnPanels
          access={access}
          session={session}
          work={work}
          standIn={(px) => drawingPath({ ...shown, px, round: false }, ".svg")}
        />
        {isPlaced && (
          <StylesPanel wanted={shown} isOwn={Boolean(access)} set={(change) => setWanted({ ...wanted, ...change })} />
        )}
      </main>
    </>
  );
}
