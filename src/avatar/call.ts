import type { App, Context } from "../app.ts";
import type { Avatars } from "./avatars.ts";

/** One request to the avatar half, and what it is answered with. */
export interface Call {
  readonly request: Request;
  readonly url: URL;
  /** Parts of the path by the names that its route gives them, as they came: percent-encoded. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly app: App;
  readonly avatars: Avatars;
  readonly context: Context;
}

/** Undefined: the request is for another route. */
export type AvatarHandler = (call: Call) => Promise<Response | undefined> | Response;
