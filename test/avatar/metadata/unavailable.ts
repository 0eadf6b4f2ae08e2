import { expect } from "vitest";
import { HttpError } from "../../../src/error.ts";

/** Expects the one failure that callers of a database know: its reason is in the cause, and nowhere a client looks. */
export async function unavailable(work: Promise<unknown>, reason: RegExp): Promise<void> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HttpError)) throw new Error(`Expected an HttpError, got ${String(error)}`);
  const { status, code, message, headers, cause } = error;
  expect({ status, code, headers }).toEqual({
    status: 503,
    code: "storage_unavailable",
    headers: { "retry-after": "2" },
  });
  expect(message).toBe("Cannot reach the database: try again");
  expect(cause instanceof Error ? `${cause.message}` : cause).toMatch(reason);
}
