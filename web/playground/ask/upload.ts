import { Refusal, refusalIn } from "./problem.ts";

interface Upload {
  readonly file: File;
  /** UPLOAD_SECRET; empty where none is needed. */
  readonly token: string;
  readonly onProgress: (part: number) => void;
  readonly signal: AbortSignal;
}

/** Sends a picture, and says what it is called. `fetch` tells nothing of progress, so this is the older way. */
export function upload({ file, token, onProgress, signal }: Upload): Promise<string> {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("data", file);
  request.open("POST", "/upload");
  if (token !== "") request.setRequestHeader("authorization", `Bearer ${token}`);
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve, reject) => {
    request.onload = () =>
      request.status === 200
        ? resolve(JSON.parse(request.responseText).filename)
        : reject(refusalIn(request.responseText, request.status));
    request.onerror = () => reject(new Refusal({ title: "Cannot upload", detail: "The connection broke." }));
    request.onabort = () => reject(new Refusal({ title: "Not uploaded", detail: "It was stopped." }));
    request.send(body);
  });
}
