import type { Explanation } from "../../../src/image/explanation.ts";
import type { Rendering } from "../ask/rendering.ts";
import { bytesText, changeText, formatText, millisecondsText, sizeText } from "../model/words.ts";

/** What is known of the source: from the explanation, or else from the picture itself. */
export interface SourceFacts {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly format: string;
}

export function sourceFacts(
  source: Rendering | undefined,
  explained: Explanation | undefined,
): SourceFacts | undefined {
  const told = explained?.making?.source;
  if (told) return { ...told, format: formatText(told.format) };
  return source && { ...source, format: formatText(source.mime) };
}

const CACHE: Readonly<Record<string, string>> = {
  made: "made for this request",
  shared: "made for an identical request at the same time",
  stored: "read from the storage of results",
  edge: "from the cache of this data centre",
};

interface FactsProps {
  readonly source: SourceFacts | undefined;
  readonly result: Rendering | undefined;
}

/** Pixels, bytes, time and where it came from; as high when empty as when full. */
export const Facts = ({ source, result }: FactsProps) => (
  <div class="facts">
    <p>
      <span class="quiet">Source</span>
      {source && <b>{sizeText(source)}</b>}
      {source && (
        <span>
          {source.format}, {bytesText(source.bytes)}
        </span>
      )}
    </p>
    <p>
      <span class="quiet">Result</span>
      {result && <b>{sizeText(result)}</b>}
      {result && (
        <span>
          {formatText(result.mime)}, {bytesText(result.bytes)}
          {source && <span class="change"> {changeText(source.bytes, result.bytes)}</span>}
        </span>
      )}
      {result && (
        <span>
          {millisecondsText(result.ms)}
          {result.cache && (
            <span class="tag" title={CACHE[result.cache]}>
              {result.cache}
            </span>
          )}
        </span>
      )}
    </p>
  </div>
);

/** The same in a sentence, for those who cannot see it. */
export const factsSentence = ({ width, height, mime, bytes, cache, ms }: Rendering): string =>
  `Result: ${width} by ${height} pixels, ${formatText(mime)}, ${bytesText(bytes)}, ${CACHE[cache] ?? "made"}, ${millisecondsText(ms)}`;
