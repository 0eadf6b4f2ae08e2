import { useState } from "preact/hooks";
import { useAnswers } from "./ask/use-answers.ts";
import type { Signing } from "./model/address.ts";
import { withCrop } from "./model/cropping.ts";
import { withCard } from "./model/recipe.ts";
import { rectangleOf, withRectangle } from "./model/rectangle.ts";
import { Controls } from "./operations/controls.tsx";
import "./page.css";
import { Top } from "../shared/top.tsx";
import { Keys } from "./source/keys.tsx";
import { Source } from "./source/source.tsx";
import { sourceFacts } from "./stage/facts.tsx";
import { Stage } from "./stage/stage.tsx";
import { AddressBar } from "./use/address-bar.tsx";
import { Explained } from "./use/explained.tsx";
import { SnippetList } from "./use/snippet-list.tsx";
import { useRecipe } from "./use-recipe.ts";

/** Before the source has come, sliders reach as far as those of a photograph. */
const UNKNOWN = { width: 4000, height: 3000 };

/** All of `GET /`. */
export function Page() {
  const [recipe, setRecipe] = useRecipe();
  const [token, setToken] = useState("");
  const [signing, setSigning] = useState<Signing>();
  const [croppedId, setCroppedId] = useState<number>();
  const [uploads, setUploads] = useState(0);
  const cropped = recipe.cards.findIndex(({ id }) => id === croppedId);
  const answers = useAnswers({ recipe, cropped, signing, uploads });
  const { source, result, input, explained, pairs } = answers;
  const { width, height } = source.answer ?? UNKNOWN;
  const size = { width, height };
  const explanation = explained.problem ? undefined : explained.answer;

  const choose = (chosen: string) => setRecipe((before) => ({ ...before, source: chosen }));
  const crop = () => {
    const begun = cropped === -1 ? withCrop(recipe, size) : undefined;
    setCroppedId(begun?.card.id);
    if (begun) setRecipe(begun.recipe);
  };
  const cropping = () => {
    const card = recipe.cards[cropped];
    if (!card) return undefined;
    const on = cropped === 0 ? source.answer : input.answer;
    return {
      on,
      rect: on && rectangleOf(card.texts, on),
      onChange: (rect: Parameters<typeof withRectangle>[1]) =>
        setRecipe(withCard(recipe, { ...card, texts: withRectangle(card.texts, rect) })),
    };
  };

  return (
    <>
      <Top page="Playground" about="Pictures by URL, made at the edge" />
      <main class="playground">
        <div class="bench">
          <div class="column left">
            <Source
              source={recipe.source}
              token={token}
              signing={signing}
              uploads={uploads}
              onChoose={choose}
              onUploaded={(path) => {
                setUploads(uploads + 1);
                choose(path);
              }}
            />
            <Keys token={token} onToken={setToken} signing={signing} onSigning={setSigning} />
          </div>
          <div class="column middle">
            <Stage
              source={source}
              facts={sourceFacts(source.answer, explanation)}
              result={result}
              cropping={cropping()}
              onCrop={crop}
            />
            <AddressBar pairs={pairs} signed={signing !== undefined} />
          </div>
          <Controls recipe={recipe} source={size} cropping={croppedId} onChange={setRecipe} onCrop={setCroppedId} />
        </div>
        <div class="below">
          <SnippetList recipe={recipe} answers={answers} signing={signing} />
          <Explained explanation={explanation} timing={result.answer?.timing} />
        </div>
      </main>
    </>
  );
}
