import type { Shape } from "../../../src/operation/option.ts";
import { ColourControl } from "./colour-control.tsx";
import { IntegerControl } from "./integer-control.tsx";
import { TextControl } from "./text-control.tsx";
import { WordControl } from "./word-control.tsx";

export interface ControlProps {
  readonly id: string;
  readonly label: string;
  /** One sentence from the table. */
  readonly about: string;
  /** What it may look like. */
  readonly example: string | undefined;
  /** As in a URL; empty: not given. */
  readonly text: string;
  readonly onChange: (text: string) => void;
}

interface AnyControlProps extends ControlProps {
  readonly shape: Shape;
  readonly reach: number;
}

const SWITCH = [
  ["1", "yes"],
  ["0", "no"],
] as const;

/** What stands for each kind of shape. */
export function Control({ shape, reach, ...props }: AnyControlProps) {
  switch (shape.kind) {
    case "integer":
      return <IntegerControl {...props} least={shape.least} most={Math.min(shape.most, Math.max(reach, 100))} />;
    case "word":
      return <WordControl {...props} words={shape.words.map((word) => [word, word])} />;
    case "switch":
      return <WordControl {...props} words={SWITCH} />;
    case "colour":
      return <ColourControl {...props} />;
    case "text":
      return <TextControl {...props} />;
  }
}
