import type { Crew } from "./crew.ts";
import type { Report, Time } from "./message.ts";
import { figuresOf, type Outcome } from "./outcome.ts";
import { takesPart } from "./pace.ts";
import type { Task } from "./task.ts";

/** One of those who are compared. */
export interface Entrant {
  readonly name: string;
  readonly contender: string;
  readonly task: Task;
}

/** What is known of an entrant. */
interface Sheet {
  readonly name: string;
  /** What it needed in the end of its warm-up, in milliseconds of processor time. */
  readonly paceMs: number;
  /** By round. */
  readonly times: Map<number, Time>;
  /** The latest; whoever is unable once has no further turn. */
  report: Report;
  turn(): Promise<Report>;
}

/**
 * Times `entrants` in turns, so that whatever else the machine does hits them alike: in each round everyone runs once,
 * the slow ones in some rounds only, and each round begins with the next one. Whoever fails is left out.
 */
export async function measure(crew: Crew, entrants: readonly Entrant[], rounds: number): Promise<Outcome[]> {
  const sheets = await Promise.all(entrants.map((entrant, place) => warmUp(crew, entrant, place)));
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < sheets.length; turn++) await takeTurn(sheets[(round + turn) % sheets.length], round);
  return sheets.map((sheet) => outcomeOf(sheet, sheets[0]));
}

/** All at the same time: a warm-up lasts until enough processor time went into it, however long that takes. */
async function warmUp(crew: Crew, { name, contender, task }: Entrant, place: number): Promise<Sheet> {
  const process = crew.of(contender);
  const report = await process.ask({ kind: "warm up", place, task });
  const paceMs = "unable" in report ? Number.NaN : report.cpu;
  return { name, paceMs, times: new Map(), report, turn: () => process.ask({ kind: "turn", place }) };
}

async function takeTurn(sheet: Sheet, round: number): Promise<void> {
  if ("unable" in sheet.report || !takesPart(round, sheet.paceMs)) return;
  sheet.report = await sheet.turn();
  if (!("unable" in sheet.report)) sheet.times.set(round, sheet.report);
}

const outcomeOf = ({ name, report, times }: Sheet, first: Sheet): Outcome =>
  "unable" in report ? { name, unable: report.unable } : figuresOf(name, times, first.times, report.bytes);
