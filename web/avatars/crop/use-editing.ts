import { useState } from "preact/hooks";
import { type Access, type Revision, sourceOf } from "../avatar/api.ts";
import { type Problem, toProblem } from "../avatar/problem.ts";
import type { AvatarWork } from "../avatar/use-avatar.ts";
import { openPicture, type Picture, smaller } from "./picture.ts";
import { centred, rounded, type Square, scaled } from "./square.ts";
import { useSending } from "./use-sending.ts";

/** A picture of which a part is chosen: a new one, or the kept source of the present avatar. */
export interface Subject {
  readonly picture: Picture;
  readonly isNew: boolean;
}

export interface Editing {
  readonly subject: Subject | undefined;
  readonly square: Square;
  setSquare(change: (square: Square) => Square): void;
  /** As `Sending` has them. */
  readonly sent: number | undefined;
  readonly problem: Problem | undefined;
  /** The last picture was given up. */
  readonly isCancelled: boolean;
  choose(file: File): Promise<void>;
  cropAgain(revision: Revision): Promise<void>;
  send(): Promise<void>;
  /** Sends the picture as the browser draws it, smaller where it is very large. */
  sendCopy(): Promise<void>;
  stop(): void;
  cancel(): void;
}

/** Longest side of a copy that is sent in place of the picture. */
const COPY_PX = 4_000;
const NOWHERE: Square = { x: 0, y: 0, side: 1 };

/** Everything that is done to a picture before it is the avatar. */
export function useEditing(access: Access | undefined, work: AvatarWork): Editing {
  const [subject, setSubject] = useState<Subject>();
  const [square, setSquare] = useState(NOWHERE);
  const [isCancelled, setCancelled] = useState(false);
  const { sent, problem, start, stop, tell } = useSending();

  const begin = (next: Subject, first: Square) => {
    setSubject(next);
    setSquare(first);
    setCancelled(false);
  };
  const end = (cancelled: boolean) => {
    setSubject(undefined);
    setCancelled(cancelled);
    tell(undefined);
  };
  /** Opens a picture, or says why that cannot be done. */
  const opening = async (open: () => Promise<void>) => {
    tell(undefined);
    await open().catch((thrown) => {
      end(false);
      tell(toProblem(thrown));
    });
  };
  const sending = async (send: Parameters<typeof start>[0]) => {
    if (await start(send)) end(false);
  };

  return {
    ...{ subject, square, setSquare, sent, problem, isCancelled, stop },
    choose: (file) =>
      opening(async () => {
        const picture = await openPicture(file, file.name);
        begin({ picture, isNew: true }, centred(picture));
      }),
    cropAgain: ({ source, crop: { x, y, w } }) =>
      opening(async () => {
        if (!access) return;
        const picture = await openPicture(await sourceOf(access), "source", source);
        begin({ picture, isNew: false }, { x, y, side: w });
      }),
    send: () =>
      sending(async (watching) => {
        if (!subject) return;
        const part = rounded(square, subject.picture);
        await (subject.isNew ? work.upload({ ...subject.picture, square: part }, watching) : work.crop(part, watching));
      }),
    sendCopy: () =>
      sending(async (watching) => {
        if (!subject) return;
        const { picture } = subject;
        const copy = await openPicture(await smaller(picture, COPY_PX), picture.name);
        const part = scaled(square, copy.width / picture.width);
        begin({ picture: copy, isNew: true }, part);
        await work.upload({ ...copy, square: rounded(part, copy) }, watching);
      }),
    cancel: () => end(true),
  };
}
