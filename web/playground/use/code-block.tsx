import type { ComponentChildren } from "preact";
import { CopyButton } from "../../shared/copy-button.tsx";

interface CodeBlockProps {
  readonly title: string;
  /** What is copied; empty: there is nothing yet. */
  readonly text: string;
  /** What stands beside the button. */
  readonly children?: ComponentChildren;
}

/** A text to be taken along. */
export const CodeBlock = ({ title, text, children }: CodeBlockProps) => (
  <div class="code-block">
    <header>
      <h3>{title}</h3>
      {children}
      <CopyButton text={text} of={title} />
    </header>
    <pre>
      <code>{text || " "}</code>
    </pre>
  </div>
);
