/** Something that is not as it should be. */
export interface Finding {
  /** A fault keeps something from working, or leaves a door open; a warning may be meant. */
  readonly level: "fault" | "warning";
  /** The variable, binding or file. */
  readonly about: string;
  readonly what: string;
  /** What to do. */
  readonly mend: string;
}

export const fault = (about: string, what: string, mend: string): Finding => ({ level: "fault", about, what, mend });

export const warning = (about: string, what: string, mend: string): Finding => ({
  level: "warning",
  about,
  what,
  mend,
});

/** `findings` where `holds` does not. */
export const unless = (holds: boolean, ...findings: readonly Finding[]): readonly Finding[] => (holds ? [] : findings);
