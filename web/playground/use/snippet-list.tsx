import { useMemo } from "preact/hooks";
import type { Size } from "../../../src/transform/image.ts";
import type { Signing } from "../model/address.ts";
import type { Recipe } from "../model/recipe.ts";
import { CodeBlock } from "./code-block.tsx";
import "./use.css";
import { useSnippets } from "./use-snippets.ts";

interface SnippetListProps {
  /** Absent where no URL can say it. */
  readonly recipe: Recipe | undefined;
  readonly source: Size | undefined;
  readonly result: Size | undefined;
  readonly animated: boolean;
  readonly signing: Signing | undefined;
}

/** The picture in a page of one's own. */
export function SnippetList({ recipe, source, result, animated, signing }: SnippetListProps) {
  const basis = useMemo(
    () => (recipe && source && result ? { recipe, source, result, animated } : undefined),
    [recipe, source, result, animated],
  );
  const snippets = useSnippets(basis, signing);
  return (
    <section class="panel snippets" aria-labelledby="snippets-title">
      <h2 id="snippets-title">In your page</h2>
      <CodeBlock title="Image" text={snippets?.img ?? ""} />
      <CodeBlock title="Picture, best format first" text={snippets?.picture ?? ""} />
      <CodeBlock title="curl" text={snippets?.curl ?? ""} />
    </section>
  );
}
