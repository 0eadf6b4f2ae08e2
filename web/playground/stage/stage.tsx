import { useState } from "preact/hooks";
import type { Rect } from "../../../src/transform/image.ts";
import type { Rendering } from "../ask/rendering.ts";
import type { Asked } from "../ask/use-answer.ts";
import { ProblemNote } from "../problem-note.tsx";
import { CropBox } from "./crop-box.tsx";
import { Divider } from "./divider.tsx";
import { Facts, factsSentence, type SourceFacts } from "./facts.tsx";
import { fittingLayout, type Layout } from "./layout.ts";
import { Picture } from "./picture.tsx";
import "./stage.css";
import { Tools } from "./tools.tsx";
import { useDragging } from "./use-dragging.ts";

/** A rectangle that is dragged, on the picture that its operation gets. */
export interface Cropping {
  readonly on: Rendering | undefined;
  readonly rect: Rect | undefined;
  readonly onChange: (rect: Rect) => void;
}

interface StageProps {
  readonly source: Asked<Rendering>;
  readonly facts: SourceFacts | undefined;
  readonly result: Asked<Rendering>;
  /** Absent: source and result are compared. */
  readonly cropping: Cropping | undefined;
  readonly onCrop: () => void;
}

/** Source and result, with a divider between them. */
export function Stage({ source, facts, result, cropping, onCrop }: StageProps) {
  const [at, setAt] = useState(50);
  const [chosen, setChosen] = useState<Layout>();
  const layout: Layout = cropping ? "beside" : (chosen ?? fittingLayout(source.answer, result.answer));
  const dragging = useDragging((place, target) => {
    if (cropping || target.closest(".problem")) return undefined;
    if (layout === "beside" && !target.closest(".divider")) return undefined;
    const follow = ({ x }: { readonly x: number }) => setAt(Math.max(0, Math.min(100, x * 100)));
    if (layout === "over") follow(place);
    return follow;
  });
  const problem = result.problem ?? source.problem;
  const scale = layout === "over" ? "whole" : "real";
  return (
    <section class="stage" aria-label="Source and result">
      <Tools
        layout={layout}
        onLayout={setChosen}
        cropping={cropping !== undefined}
        idle={!source.answer}
        onCrop={onCrop}
      />
      <div
        class={`canvas ${layout}${cropping ? " cropping" : ""}${problem ? " failed" : ""}`}
        style={{ "--at": `${cropping ? 50 : at}%` }}
        {...dragging}
      >
        <div class="pane source">
          {cropping ? (
            <CropPane {...cropping} />
          ) : (
            source.answer && <Picture rendering={source.answer} alt="Source" scale={scale} />
          )}
        </div>
        <div class="pane result">
          {result.answer && <Picture rendering={result.answer} alt="Result" scale={scale} />}
        </div>
        {!source.answer && !source.busy && !problem && (
          <p class="nothing">Choose a picture, and see here what becomes of it.</p>
        )}
        <span class="corner-label" aria-hidden="true">
          {cropping ? "Drag a rectangle" : "Source"}
        </span>
        <span class="corner-label right" aria-hidden="true">
          Result
        </span>
        {!cropping && source.answer && <Divider at={at} onMove={setAt} />}
        {result.busy && <div class="busy" />}
        {problem && <ProblemNote problem={problem} />}
      </div>
      <Facts source={facts} result={result.answer} />
      <p class="unseen" role="status">
        {problem ? `${problem.title}: ${problem.detail}` : result.answer && factsSentence(result.answer)}
      </p>
    </section>
  );
}

const CropPane = ({ on, rect, onChange }: Cropping) =>
  on && (
    <Picture rendering={on} alt="What the rectangle is cut from" scale="whole">
      {rect && <CropBox rect={rect} picture={on} onChange={onChange} />}
    </Picture>
  );
