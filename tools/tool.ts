/** One line for whoever started a tool; Node's `fetch failed` hides what failed. */
function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { cause } = thrown;
  return cause instanceof Error ? `${thrown.message}: ${cause.message}` : thrown.message;
}

/** Options that a tool does not have, or has with a value. */
const isMisuse = (thrown: unknown): boolean =>
  thrown instanceof TypeError && "code" in thrown && String(thrown.code).startsWith("ERR_PARSE_ARGS_");

/**
 * Runs a tool for its exit code. What it throws is told in one line, without a stack and without what Node hangs on its
 * errors, such as the address that a password stands in: 2 where it was asked for wrongly, else 1.
 */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (thrown) {
    console.error(reasonOf(thrown));
    process.exitCode = isMisuse(thrown) ? 2 : 1;
  }
}
