import { useEffect, useMemo, useState } from "preact/hooks";
import type { Pair } from "../../../client/parameters.ts";
import { type Signing, signed } from "../model/address.ts";

export type Requests = readonly (readonly Pair[])[];

/** Requests, with signatures where there is a secret; those before them, or none, while signatures are being made. */
export function useSigned(requests: Requests, signing: Signing | undefined): Requests | undefined {
  const text = JSON.stringify(requests);
  const given = useMemo(() => JSON.parse(text) as Requests, [text]);
  const [made, setMade] = useState<Requests>();
  useEffect(() => {
    if (!signing) return setMade(undefined);
    let current = true;
    void Promise.all(given.map((pairs) => signed(pairs, signing))).then((all) => current && setMade(all));
    return () => {
      current = false;
    };
  }, [given, signing]);
  return signing ? made : given;
}
