import { offline, Problem, problemOf } from "./problem.ts";

export interface SizeAddress {
  readonly path: string;
  readonly available: boolean;
}

/** What `GET /api/avatars/{id}` says, as far as this page uses it. */
export interface Described {
  readonly ids: readonly string[];
  readonly rev: string;
  readonly type: string;
  readonly width: number;
  readonly alt: string | null;
  readonly updatedAt: string;
  readonly sizes: Readonly<Record<string, SizeAddress>>;
}

/** What `GET /api/avatars/{id}/revisions` says of one. */
export interface Revision {
  readonly rev: string;
  readonly crop: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly source: { readonly width: number; readonly height: number; readonly kept: boolean };
  readonly shownAt: string;
}

export interface Avatar {
  readonly described: Described;
  /** The present one, then those that can be shown again; empty where the token does not allow to see them. */
  readonly revisions: readonly Revision[];
  /** The state in which the avatar was seen, for `If-Match`. */
  readonly etag: string;
}

/** Whose avatar, and by which right. */
export interface Access {
  readonly id: string;
  readonly token: string;
}

const pathOf = (id: string, rest = ""): string => `/api/avatars/${id}${rest}`;

/** @throws Problem */
async function ask(path: string, token: string | undefined, init: RequestInit = {}): Promise<Response> {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const headers = { ...authorization, ...init.headers };
  const response = await fetch(path, { ...init, headers, cache: "no-store", credentials: "omit" }).catch((cause) => {
    throw offline(cause);
  });
  if (response.ok) return response;
  throw problemOf(response.status, await response.text());
}

const dataOf = async <T>(response: Response): Promise<T> => ((await response.json()) as { readonly data: T }).data;

function settled<T>(result: PromiseSettledResult<T>): T {
  if (result.status === "fulfilled") return result.value;
  throw result.reason;
}

/** Undefined where there is none. A token that the server does not accept is a Problem all the same. */
export async function findAvatar({ id, token }: Access): Promise<Avatar | undefined> {
  try {
    // Both are asked at once, but what is wrong with the token is told of before there being no avatar.
    const [seen, answer] = await Promise.allSettled([revisionsOf({ id, token }), ask(pathOf(id), undefined)]);
    const [revisions, response] = [settled(seen), settled(answer)];
    return { revisions, described: await dataOf(response), etag: response.headers.get("etag") ?? "*" };
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "not_found") return undefined;
    throw thrown;
  }
}

/** A token that may only delete sees none. */
const revisionsOf = async ({ id, token }: Access): Promise<readonly Revision[]> => {
  try {
    return await dataOf(await ask(pathOf(id, "/revisions"), token));
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "insufficient_scope") return [];
    throw thrown;
  }
};

/** The whole picture that the present one was cut from. */
export const sourceOf = async ({ id, token }: Access): Promise<Blob> =>
  (await ask(pathOf(id, "/source"), token)).blob();

export type Changes = { readonly rev: string } | { readonly crop: { x: number; y: number; w: number; h: number } };

export async function changeAvatar(
  { id, token }: Access,
  changes: Changes,
  etag: string,
  signal?: AbortSignal,
): Promise<void> {
  const headers = { "content-type": "application/json", "if-match": etag };
  const init = { method: "PATCH", body: JSON.stringify(changes), headers };
  await ask(pathOf(id), token, signal ? { ...init, signal } : init);
}

export async function deleteAvatar({ id, token }: Access, etag: string): Promise<void> {
  await ask(pathOf(id), token, { method: "DELETE", headers: { "if-match": etag } });
}

export interface Style {
  readonly name: string;
}

export const findStyles = async (): Promise<readonly Style[]> => dataOf(await ask("/api/styles", undefined));
