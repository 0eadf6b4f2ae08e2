import { useRef } from "preact/hooks";
import { useFocus } from "../use-focus.ts";
import { type Token, timeOf } from "./token.ts";
import { TokenForm } from "./token-form.tsx";
import "./token-panel.css";
import type { Session } from "./use-session.ts";
import { WhichId } from "./which-id.tsx";

interface Props {
  readonly session: Session;
}

/** Whose avatar this is, or a field for the token that says so. */
export function TokenPanel({ session }: Props) {
  const { token, forget } = session;
  const panel = useRef<HTMLElement>(null);
  useFocus(panel, token ? ".facts" : "textarea");
  return (
    <section class="panel whose" ref={panel} aria-labelledby="whose">
      <div class="head">
        <h2 id="whose">Whose avatar</h2>
        {token && (
          <button type="button" class="button small" onClick={forget}>
            Another token
          </button>
        )}
      </div>
      {token ? <Whose session={session} token={token} /> : <TokenForm session={session} />}
    </section>
  );
}

function Whose({ session, token }: Props & { readonly token: Token }) {
  const { nowMs } = session;
  return (
    <dl class="facts" tabIndex={-1}>
      <dt>Id</dt>
      <dd>
        <WhichId session={session} token={token} />
      </dd>
      <dt>Allows</dt>
      <dd>{rightsOf(token)}</dd>
      <dt>Until</dt>
      <dd>{timeOf(token.expiresAt, nowMs)}</dd>
    </dl>
  );
}

const rightsOf = ({ mayWrite, mayDelete, once }: Token): string => {
  const rights = [mayWrite && "changing", mayDelete && "deleting"].filter(Boolean).join(" and ");
  return once ? `${rights}, once` : rights;
};
