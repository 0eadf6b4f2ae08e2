import type { Answers } from "../ask/use-answers.ts";
import type { Signing } from "../model/address.ts";
import type { Recipe } from "../model/recipe.ts";
import { CodeBlock } from "./code-block.tsx";
import "./use.css";
import { useBasis } from "./use-basis.ts";
import { useSnippets } from "./use-snippets.ts";

interface SnippetListProps {
  readonly recipe: Recipe;
  readonly answers: Answers;
  readonly signing: Signing | undefined;
}

/** The picture in a page of one's own. */
export function SnippetList({ recipe, answers, signing }: SnippetListProps) {
  const snippets = useSnippets(useBasis(recipe, answers), signing);
  return (
    <section class="panel snippets" aria-labelledby="snippets-title">
      <h2 id="snippets-title">In your page</h2>
      <CodeBlock title="Image" text={snippets?.img ?? ""} />
      <CodeBlock title="Picture, best format first" text={snippets?.picture ?? ""} />
      <CodeBlock title="curl" text={snippets?.curl ?? ""} />
    </section>
  );
}
