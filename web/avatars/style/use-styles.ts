import { useEffect, useState } from "preact/hooks";
import { findStyles } from "../avatar/api.ts";

/** Names of the styles; empty until they are known, and where the server does not tell them. */
export function useStyles(): readonly string[] {
  const [names, setNames] = useState<readonly string[]>([]);
  useEffect(() => {
    findStyles().then(
      (styles) => setNames(styles.map(({ name }) => name)),
      () => undefined,
    );
  }, []);
  return names;
}
