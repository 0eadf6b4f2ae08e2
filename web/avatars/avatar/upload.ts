import type { Square } from "../crop/square.ts";
import type { Access } from "./api.ts";
import { offline, problemOf } from "./problem.ts";

export interface Upload {
  readonly blob: Blob;
  readonly name: string;
  readonly square: Square;
  /** The state of the avatar that is replaced; undefined: there was none. */
  readonly etag: string | undefined;
}

export interface Watching {
  /** Called with the fraction that has been sent, 0–1. */
  readonly onProgress: (sent: number) => void;
  /** Aborts the upload. */
  readonly signal: AbortSignal;
}

/** `fetch` tells nothing of what has been sent. @throws Problem, and what `signal` was aborted with */
export function uploadAvatar({ id, token }: Access, upload: Upload, { onProgress, signal }: Watching): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/avatars/${id}`);
    request.setRequestHeader("authorization", `Bearer ${token}`);
    request.setRequestHeader(...conditionOf(upload));
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => (request.status < 300 ? resolve() : reject(problemOf(request.status, request.responseText)));
    request.onerror = () => reject(offline());
    request.onabort = () => reject(signal.reason);
    signal.addEventListener("abort", () => request.abort());
    request.send(formOf(upload));
  });
}

const conditionOf = ({ etag }: Upload): [string, string] =>
  etag === undefined ? ["if-none-match", "*"] : ["if-match", etag];

function formOf({ blob, name, square }: Upload): FormData {
  const form = new FormData();
  const { x, y, side } = square;
  form.set("crop", [x, y, side, side].join(","));
  form.set("avatar", blob, name);
  return form;
}
