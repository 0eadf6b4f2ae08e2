import { useState } from "preact/hooks";
import { algorithmOf, shortId, toId } from "./id.ts";
import type { Token } from "./token.ts";
import type { Session } from "./use-session.ts";

interface Props {
  readonly session: Session;
  readonly token: Token;
}

/** The avatar that is worked on, to be chosen where the token is for several. */
export function WhichId({ session: { id, choose }, token: { ids } }: Props) {
  if (ids.length === 0) return <AnyId id={id} choose={choose} />;
  if (ids.length === 1)
    return (
      <>
        <code title={ids[0]}>{shortId(ids[0])}</code> <span class="hint">{algorithmOf(ids[0])}</span>
      </>
    );
  return (
    <select class="input" aria-label="Id" value={id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
      {ids.map((each) => (
        <option key={each} value={each}>
          {shortId(each)} {algorithmOf(each)}
        </option>
      ))}
    </select>
  );
}

/** The token is for every avatar. */
function AnyId({ id, choose }: Pick<Session, "id" | "choose">) {
  const [text, setText] = useState(id ?? "");
  return (
    <input
      class="input mono"
      aria-label="Id"
      placeholder="32, 40 or 64 hexadecimal digits"
      value={text}
      spellcheck={false}
      aria-invalid={text !== "" && toId(text) === undefined}
      onInput={({ currentTarget: { value } }) => {
        setText(value);
        const found = toId(value);
        if (found) choose(found);
      }}
    />
  );
}
