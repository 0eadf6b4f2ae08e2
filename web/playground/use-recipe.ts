import { useEffect, useState } from "preact/hooks";
import { parseFragment, toFragment } from "./model/fragment.ts";
import { PRESETS, withPreset } from "./model/presets.ts";
import type { Recipe } from "./model/recipe.ts";

/** Browsers refuse to change the address too often. */
const REST_MS = 200;

const fragment = (): string => location.hash.slice(1);

/** A link says what to show; without one, something that shows what this is good for. */
const fromAddress = (): Recipe =>
  fragment() === "" ? withPreset({ source: "", cards: [], output: {} }, PRESETS[0]) : parseFragment(fragment());

/** The recipe, which lives in the address: a link to the page shows the same to others. */
export function useRecipe() {
  const [recipe, setRecipe] = useState(fromAddress);
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = toFragment(recipe);
      if (text !== fragment()) history.replaceState(null, "", text === "" ? location.pathname : `#${text}`);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [recipe]);
  useEffect(() => {
    const read = () => setRecipe(fromAddress());
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return [recipe, setRecipe] as const;
}
