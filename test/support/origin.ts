import { inject } from "vitest";
import type {} from "./provided.ts";

/** The origin that fails on request: see fault-origin.ts for its routes. */
export const originUrl = inject("originUrl");

/** How often `path`, with its query, was asked for, and how many of its answers were cut short by the reader. */
export async function hitsOf(path: string): Promise<{ hits: number; cancelled: number }> {
  return (await fetch(`${originUrl}/hits?path=${encodeURIComponent(path)}`)).json();
}
