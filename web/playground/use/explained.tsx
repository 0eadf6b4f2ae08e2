import type { ComponentChildren } from "preact";
import type { ExplainedMaking, Explanation } from "../../../src/image/explanation.ts";
import type { Timing } from "../ask/rendering.ts";
import { bytesText, formatText, sizeText } from "../model/words.ts";
import { TimeBars } from "./time-bars.tsx";

interface ExplainedProps {
  readonly explanation: Explanation | undefined;
  readonly timing: Timing | undefined;
}

/** What the Worker makes of the URL, and what it did. */
export const Explained = ({ explanation, timing }: ExplainedProps) => (
  <section class="panel explained" aria-labelledby="explained-title">
    <h2 id="explained-title">What the service makes of it</h2>
    {explanation ? (
      <dl>
        {explanation.making && <Making making={explanation.making} />}
        <Row name="Canonical form">
          <code>{explanation.canonical}</code>
        </Row>
        <Row name="Key">
          <code>{explanation.key}</code>
        </Row>
        <Row name="Stored as">
          <code>{explanation.stored?.name ?? explanation.making?.output.name ?? "nothing is kept"}</code>
          {explanation.stored && <small>{bytesText(explanation.stored.bytes)}</small>}
        </Row>
        <Row name="Kept by caches">
          <code>{explanation.cacheControl}</code>
        </Row>
        <Row name="Signature">
          {explanation.signature.required ? `required, HMAC by ${explanation.signature.algorithm}` : "not required"}
        </Row>
      </dl>
    ) : (
      <p class="hint">Nothing to explain yet.</p>
    )}
    {timing && <TimeBars timing={timing} />}
  </section>
);

const Row = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const WAYS: Readonly<Record<ExplainedMaking["plan"]["way"], string>> = {
  file: "the file as it is, without its metadata",
  planes: "from JPEG to JPEG without making pixels",
  pixels: "decoded, changed, encoded",
};

const Making = ({ making: { source, plan, output } }: { readonly making: ExplainedMaking }) => (
  <>
    <Row name="Source">
      {formatText(source.format)}, {sizeText(source)}, {bytesText(source.bytes)}
      {source.frames > 1 && `, ${source.frames} frames`}
      {source.orientation > 1 && <small>turned as its EXIF says</small>}
    </Row>
    <Row name="Plan">
      <code>{plan.road}</code>
      <small>{WAYS[plan.way]}</small>
    </Row>
    <Row name="Decoder">
      {formatText(plan.decoder)}, read at {plan.shrink}
    </Row>
    <Row name="Result">
      {formatText(output.format)}, {sizeText(output)}
      {output.quality !== undefined && `, quality ${output.quality}`}
      {output.frames > 1 && `, ${output.frames} frames`}
    </Row>
    <Row name="Memory">
      {bytesText(plan.memoryBytes)} predicted, of {bytesText(plan.budgetBytes)}
      <div class="memory" aria-hidden="true">
        <span class="bar" style={{ "--part": Math.min(1, plan.memoryBytes / plan.budgetBytes) }} />
      </div>
    </Row>
  </>
);
