/** One structured line about something that went wrong behind an answer that is fine. */
export function logFailure(event: string, cause: unknown): void {
  console.warn(
    JSON.stringify({ event, cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }),
  );
}
