import { HttpError } from "../../src/error.ts";

/** Status and code that `action` was refused with; whatever else it threw or returned, as it is. */
export function refusalOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (thrown) {
    return told(thrown);
  }
}

/** As `refusalOf`, of a promise. */
export const rejectionOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch(told);

const told = (thrown: unknown): unknown => (thrown instanceof HttpError ? [thrown.status, thrown.code] : thrown);
