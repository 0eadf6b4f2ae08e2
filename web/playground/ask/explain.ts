import type { Explanation } from "../../../src/image/explanation.ts";
import { refusalOf } from "./problem.ts";

/** What the Worker would do, without doing it. */
export async function explain(address: string, signal: AbortSignal): Promise<Explanation> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw await refusalOf(response);
  return response.json();
}
