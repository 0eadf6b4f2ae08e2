import { refusalOf } from "./problem.ts";

export interface ListedFile {
  readonly path: string;
  readonly size: number;
}

/** A part of one folder of the source storage. */
export interface SourcesPage {
  readonly data: readonly ListedFile[];
  /** Below this one; they end with a slash. */
  readonly folders: readonly string[];
  readonly next_cursor: string | null;
}

export interface SourcesQuestion {
  /** Empty, or ends with a slash. */
  readonly folder: string;
  /** Where the page before ended. */
  readonly cursor: string | null;
  /** UPLOAD_SECRET; empty where none is needed. */
  readonly token: string;
}

export async function listSources({ folder, cursor, token }: SourcesQuestion): Promise<SourcesPage> {
  const query = new URLSearchParams({ prefix: folder, limit: "100", ...(cursor !== null && { cursor }) });
  const headers: HeadersInit = token === "" ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(`/sources?${query}`, { headers });
  if (!response.ok) throw await refusalOf(response);
  return response.json();
}
