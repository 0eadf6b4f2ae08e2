import type { Observation } from "./observation.ts";

export const LOG_LEVELS = ["off", "errors", "all"] as const;

/** Which requests get a line: none, those answered with 500 or above, all. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of JSON. */
export function logRequest(observation: Observation, level: LogLevel): void {
  const isError = observation.status >= 500;
  if (level === "off" || (level === "errors" && !isError)) return;
  const write = isError ? console.error : console.log;
  write(lineOf(observation, isError));
}

/** Members that are absent are left out; a cause, with its stack, stands in lines of errors only. */
const lineOf = ({ cause, ...facts }: Observation, isError: boolean): string =>
  JSON.stringify({ ...facts, ...(isError && { cause: causeText(cause) }) });

export const causeText = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
