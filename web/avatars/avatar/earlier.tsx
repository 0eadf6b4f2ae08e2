import { timeOf } from "../token/token.ts";
import type { Revision } from "./api.ts";
import type { AvatarWork } from "./use-avatar.ts";

interface Props {
  readonly id: string;
  readonly revision: Revision;
  readonly work: AvatarWork;
}

/** A picture that was replaced and is kept. */
export const Earlier = ({ id, revision: { rev, shownAt }, work }: Props) => (
  <div class="earlier">
    <img class="round" src={`/a/${id}/${rev}/128.webp`} width={44} height={44} alt="" />
    <span class="grow">
      Before
      <span class="hint">shown since {timeOf(Date.parse(shownAt), Date.now())}</span>
    </span>
    <button type="button" class="button small" disabled={work.busy} onClick={() => work.showAgain(rev)}>
      Show it again
    </button>
  </div>
);
