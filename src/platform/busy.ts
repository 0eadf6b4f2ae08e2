import { HttpError } from "../error.ts";

/** Too much is going on in this isolate (security.md L14, L15). */
export const busy = (): HttpError =>
  new HttpError(503, "busy", "Cannot take on more pictures at the moment: try again", {
    headers: { "retry-after": "2" },
  });
