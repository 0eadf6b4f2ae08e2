import type { Outcome } from "./outcome.ts";

/** A GitHub-flavoured Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Three significant digits, more where the number is large. */
export function number(value: number): string {
  if (Number.isNaN(value)) return "-";
  if (value === Number.POSITIVE_INFINITY) return "∞";
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : 2);
}

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Milliseconds, and what part of them the first one of the row takes; the first one itself in bold. */
export const timeCells = (row: readonly Outcome[], kind: "wall" | "cpu"): string[] =>
  row.map((outcome, index) => {
    if ("unable" in outcome) return "no";
    const { median, ratio } = outcome[kind];
    return index === 0 ? `**${number(median)}**` : `${number(median)} (${number(ratio)})`;
  });

export const timeAndBytesCells = (row: readonly Outcome[]): string[] =>
  timeCells(row, "wall").map((time, index) => {
    const outcome = row[index];
    return "bytes" in outcome && outcome.bytes !== undefined ? `${time}, ${kilobytes(outcome.bytes)}` : time;
  });

/** Why cells say "no": a list, one line a reason. */
export function reasons(outcomes: ReadonlyMap<string, readonly Outcome[]>): string {
  const lines = [...outcomes].flatMap(([task, row]) =>
    row.flatMap((outcome) => ("unable" in outcome ? [`- ${task}: ${outcome.name} ${outcome.unable}.`] : [])),
  );
  return lines.join("\n");
}

/** Parts of a text, the empty ones left out. */
export const paragraphs = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n\n");
