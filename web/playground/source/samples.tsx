import { useState } from "preact/hooks";
import { useSigned } from "../ask/use-signed.ts";
import { address, parametersOf, type Signing } from "../model/address.ts";
import { newCard } from "../model/recipe.ts";
import { SAMPLES } from "../model/samples.ts";

interface SamplesProps {
  readonly source: string;
  readonly signing: Signing | undefined;
  readonly onChoose: (source: string) => void;
}

const THUMBNAILS = SAMPLES.map((source) =>
  parametersOf({ source, cards: [newCard("thumbnail", { width: "224", height: "168" })], output: { quality: "80" } }),
);

/** What `npm start` draws. Where the storage has none of them, a word about that takes their place. */
export function Samples({ source, signing, onChoose }: SamplesProps) {
  const [absent, setAbsent] = useState<readonly string[]>([]);
  const signed = useSigned(THUMBNAILS, signing);
  // The first who comes sees a picture without having done anything.
  const first = (name: string) => source === "" && name === SAMPLES[0] && onChoose(name);
  if (absent.length === SAMPLES.length)
    return (
      <p class="hint">
        No sample pictures can be shown: they are not in this storage, or URLs must be signed. Name a picture below, or
        upload one.
      </p>
    );
  return (
    <fieldset class="bare samples" aria-label="Sample pictures">
      {SAMPLES.map((name, index) => (
        <button
          key={name}
          type="button"
          class="sample"
          aria-pressed={source === name}
          title={name}
          onClick={() => onChoose(name)}
        >
          <span class="thumbnail">
            {signed && !absent.includes(name) && (
              <img
                src={address(signed[index])}
                alt=""
                width={112}
                height={84}
                onLoad={() => first(name)}
                onError={() => setAbsent((before) => [...before, name])}
              />
            )}
          </span>
          <span class="name">{name}</span>
        </button>
      ))}
    </fieldset>
  );
}
