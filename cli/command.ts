import type { Io } from "./io.ts";

/** An option of the command line. */
export interface Flag {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** One letter. */
  readonly short?: string;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly about: string;
}

export type Flags = Readonly<Record<string, Flag>>;

type ValueOf<Given extends Flag> = Given extends { type: "boolean" }
  ? boolean
  : Given extends { multiple: true }
    ? readonly string[]
    : string;

/** What was given for each flag; an absent one was not given. */
export type Values<Known extends Flags> = { readonly [Name in keyof Known]?: ValueOf<Known[Name]> };

export interface Call<Known extends Flags> {
  /** What stands beside the flags. */
  readonly words: readonly string[];
  readonly flags: Values<Known>;
  readonly io: Io;
}

/** What a command has to say: to people, and with `--json` to programs. */
export interface Result {
  readonly text: string;
  readonly json: unknown;
  /** False: it is the answer, but not a good one. */
  readonly ok?: boolean;
}

/** A command as the table has it: the help is made of all but `run`. */
export interface Command {
  readonly name: string;
  /** One sentence. */
  readonly about: string;
  /** As in `URL...` or `[FOLDER]`: optional in brackets, with dots as many as there are. */
  readonly words: readonly string[];
  readonly flags: Flags;
  /** Lines of examples. */
  readonly examples: readonly string[];
  run(call: Call<Flags>): Promise<Result>;
}

/** A command whose `run` knows the types of its own flags. */
export const command = <const Known extends Flags>(
  given: Omit<Command, "flags" | "run"> & { readonly flags: Known; run(call: Call<Known>): Promise<Result> },
): Command => given as unknown as Command;
