import { useEffect, useMemo, useState } from "preact/hooks";
import { takeToken } from "./from-fragment.ts";
import { faultAt, readToken, type Token } from "./token.ts";

/** What a person has given this page to work with. */
export interface Session {
  /** Set where a token is good, as far as it says itself. */
  readonly token: Token | undefined;
  /** Why what was given is of no use. */
  readonly fault: string | undefined;
  /** The avatar that is worked on; undefined where the token is for all and none is chosen yet. */
  readonly id: string | undefined;
  readonly nowMs: number;
  give(text: string): void;
  forget(): void;
  choose(id: string): void;
}

/** The token is kept in this variable and nowhere else: closing the page forgets it. */
export function useSession(): Session {
  const [text, setText] = useState(takeToken);
  const [chosen, setChosen] = useState<string>();
  const nowMs = useNow(10_000);
  const reading = useMemo(() => (text === undefined ? undefined : readToken(text)), [text]);
  const read = reading && "token" in reading ? reading.token : undefined;
  const fault = reading && "fault" in reading ? reading.fault : read && faultAt(read, nowMs);
  const start = (given: string | undefined) => {
    setText(given);
    setChosen(undefined);
  };
  // A link with another token may be followed while the page is open: no new page comes then.
  useEffect(() => {
    const onHash = () => {
      const given = takeToken();
      if (given !== undefined) start(given);
    };
    window.addEventListener("hashchange", onHash);
    return () => window.removeEventListener("hashchange", onHash);
  }, []);
  return {
    token: fault === undefined ? read : undefined,
    id: chosen ?? read?.ids[0],
    ...{ fault, nowMs, give: start, forget: () => start(undefined), choose: setChosen },
  };
}

function useNow(everyMs: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Math.max(now, Date.now());
}
