import { useEffect, useState } from "preact/hooks";
import { type Problem, problemOf } from "../ask/problem.ts";
import { listSources, type SourcesPage } from "../ask/sources.ts";

export interface Listed extends SourcesPage {
  readonly folder: string;
}

/** One folder of the source storage, page by page, as long as `open`. */
export function useListing(open: boolean, folder: string, token: string, uploads: number) {
  const [listed, setListed] = useState<Listed>();
  const [problem, setProblem] = useState<Problem>();
  const ask = (before: Listed | undefined, current: () => boolean) =>
    listSources({ folder, token, cursor: before?.next_cursor ?? null }).then(
      (page) => {
        if (!current()) return;
        setProblem(undefined);
        setListed({ ...joined(before, page), folder });
      },
      (thrown) => current() && setProblem(problemOf(thrown)),
    );
  useEffect(() => {
    if (!open) return;
    let current = true;
    void ask(undefined, () => current);
    return () => {
      current = false;
    };
  }, [open, folder, token, uploads]);
  return { listed, problem, more: () => ask(listed, () => true) };
}

const joined = (before: SourcesPage | undefined, page: SourcesPage): SourcesPage => ({
  data: [...(before?.data ?? []), ...page.data],
  folders: [...(before?.folders ?? []), ...page.folders],
  next_cursor: page.next_cursor,
});
