import type { Signing } from "../model/address.ts";
import { Listing } from "./listing.tsx";
import { Samples } from "./samples.tsx";
import "./source.css";
import { Upload } from "./upload.tsx";

interface SourceProps {
  readonly source: string;
  readonly token: string;
  readonly signing: Signing | undefined;
  /** How many pictures were added since the page was opened. */
  readonly uploads: number;
  readonly onChoose: (source: string) => void;
  readonly onUploaded: (path: string) => void;
}

/** Where the picture comes from: a sample, a name or address, a file of one's own. */
export function Source({ source, token, signing, uploads, onChoose, onUploaded }: SourceProps) {
  return (
    <section class="panel source-panel" aria-labelledby="source-title">
      <h2 id="source-title">Source</h2>
      {/* What was refused unsigned is asked for once more. */}
      <Samples key={JSON.stringify(signing)} source={source} signing={signing} onChoose={onChoose} />
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(String(new FormData(event.currentTarget).get("source")).trim());
        }}
      >
        <label class="label" for="source">
          Path or address
        </label>
        <div class="row">
          <input
            id="source"
            name="source"
            class="input"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            placeholder="photos/cat.jpg"
            key={source}
            defaultValue={source}
          />
          <button type="submit" class="button">
            Show
          </button>
        </div>
      </form>
      <Upload token={token} onUploaded={onUploaded} />
      <Listing token={token} uploads={uploads} source={source} onChoose={onChoose} />
    </section>
  );
}
