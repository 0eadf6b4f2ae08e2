import { CopyButton } from "../../shared/copy-button.tsx";
import { addressOf, snippetOf, type Wanted } from "./address.ts";
import { Options } from "./options.tsx";
import "./styles-panel.css";
import { Tiles } from "./tiles.tsx";
import { useStyles } from "./use-styles.ts";

interface Props {
  readonly wanted: Wanted;
  readonly set: (change: Partial<Wanted>) => void;
  /** The seed is the id of the token, which cannot be typed. */
  readonly isOwn: boolean;
}

/** What is shown where there is no picture, and the address that asks for it. */
export function StylesPanel({ wanted, set, isOwn }: Props) {
  const styles = useStyles();
  const { origin } = window.location;
  return (
    <section class="panel styles" aria-labelledby="styles">
      <h2 id="styles">Where there is no picture</h2>
      <p class="hint">
        <code>d={wanted.style}</code> in an address shows this until there is a picture.
      </p>
      {/* All of it at once, so that nothing moves. */}
      {styles.length > 0 && (
        <>
          <Tiles styles={styles} wanted={wanted} set={set} />
          <Options wanted={wanted} set={set} isOwn={isOwn} />
          <Snippet title="Address" text={addressOf(wanted, origin)} />
          <Snippet title="HTML" text={snippetOf(wanted, origin)} />
        </>
      )}
    </section>
  );
}

const Snippet = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <div class="snippet">
    <span class="label">{title}</span>
    <CopyButton text={text} of={title} />
    <code>{text}</code>
  </div>
);
