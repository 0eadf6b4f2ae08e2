import { useRef, useState } from "preact/hooks";
import { faultAt, readToken } from "./token.ts";
import type { Session } from "./use-session.ts";

interface Props {
  readonly session: Session;
}

/** Where a token is pasted. */
export function TokenForm({ session: { fault, give } }: Props) {
  const [draft, setDraft] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  // What is good is taken at once; a fault is only told of when the person has said that it is all.
  const onInput = (text: string) => {
    setDraft(text);
    if (isGood(text)) give(text);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        give(draft);
        field.current?.focus();
      }}
    >
      <label class="field">
        <span class="label">Token</span>
        <textarea
          ref={field}
          id="token"
          class="input mono"
          rows={3}
          value={draft}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
          aria-invalid={fault !== undefined}
          aria-describedby="token-fault token-hint"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder="eyJhbGciOiJIUzI1NiIs…"
        />
      </label>
      <p id="token-fault" class="fault" role="alert">
        {fault}
      </p>
      <p id="token-hint" class="hint">
        Your site makes it for you. It stays in the memory of this page, and goes to this server only.
      </p>
      <button type="submit" class="button primary">
        Use this token
      </button>
    </form>
  );
}

function isGood(text: string): boolean {
  const reading = readToken(text);
  return "token" in reading && faultAt(reading.token, Date.now()) === undefined;
}
