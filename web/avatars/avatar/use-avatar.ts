import { useEffect, useRef, useState } from "preact/hooks";
import type { Square } from "../crop/square.ts";
import { type Access, type Avatar, type Changes, changeAvatar, deleteAvatar, findAvatar } from "./api.ts";
import { type Problem, toProblem } from "./problem.ts";
import { type Upload, uploadAvatar, type Watching } from "./upload.ts";

/** What was done, and the revision that it replaced. */
export interface Notice {
  readonly text: string;
  readonly undo: string | undefined;
}

/** What could not be done, and how to try it again. */
export interface Failure {
  readonly problem: Problem;
  readonly retry: () => void;
}

export interface AvatarWork {
  /** `unknown` until the server has said whether there is one. */
  readonly avatar: Avatar | "none" | "unknown";
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly notice: Notice | undefined;
  /** Each is true where it went well; where not, `failure` tells of it. */
  load(): Promise<boolean>;
  showAgain(rev: string): Promise<boolean>;
  remove(): Promise<boolean>;
  /** Failures of these are for whoever watches them. @throws Problem */
  upload(upload: Omit<Upload, "etag">, watching: Watching): Promise<void>;
  crop(square: Square, watching: Watching): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** The avatar of `access`, and everything that is done to it. */
export function useAvatar(access: Access | undefined): AvatarWork {
  const [avatar, setAvatar] = useState<AvatarWork["avatar"]>("unknown");
  const { run, ...doing } = useWork(access, avatar, setAvatar);
  useEffect(() => {
    setAvatar("unknown");
    if (access) void run(nothing);
  }, [access]);
  const etag = typeof avatar === "object" ? avatar.etag : undefined;
  const change = async (changes: Changes, signal?: AbortSignal) =>
    access && changeAvatar(access, changes, etag ?? "*", signal);
  return {
    ...{ ...doing, avatar },
    load: () => run(nothing),
    showAgain: (rev) => run(() => change({ rev }), "The earlier picture is shown again."),
    remove: () => run(async () => access && deleteAvatar(access, etag ?? "*"), "The avatar is deleted."),
    async upload(upload, watching) {
      if (!access) return;
      await uploadAvatar(access, { ...upload, etag }, watching);
      await run(nothing, "The new picture is shown everywhere.");
    },
    async crop({ x, y, side }, { onProgress, signal }) {
      onProgress(1);
      await change({ crop: { x, y, w: side, h: side } }, signal);
      await run(nothing, "The new part is shown everywhere.");
    },
  };
}

/** One thing at a time: what is done now, how the last one ended, and the avatar as it is after it. */
function useWork(
  access: Access | undefined,
  avatar: AvatarWork["avatar"],
  setAvatar: (avatar: AvatarWork["avatar"]) => void,
) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [notice, setNotice] = useState<Notice>();
  // Another avatar may be worked on when an answer comes.
  const latest = useRef(access);
  latest.current = access;
  const run = async (work: () => Promise<void>, text?: string): Promise<boolean> => {
    setBusy(true);
    setFailure(undefined);
    setNotice(undefined);
    try {
      await work();
      const found = access && (await findAvatar(access));
      if (latest.current !== access) return false;
      setAvatar(found ?? "none");
      if (text !== undefined) setNotice({ text, undo: typeof avatar === "object" ? avatar.described.rev : undefined });
      return true;
    } catch (thrown) {
      const retry = () => void run(work, text);
      if (latest.current === access) setFailure({ problem: toProblem(thrown), retry });
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, failure, notice };
}
