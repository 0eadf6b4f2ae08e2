/** One line of a fenced block, or row of a table: a URL, and what the document says it answers with. */
export interface Example {
  /** Without the origin. */
  readonly url: string;
  readonly size: string | undefined;
  readonly mime: string | undefined;
  readonly status: number;
  /** Error code. */
  readonly code: string | undefined;
}

const FENCED = /^```[a-z]*\n([\s\S]*?)^```$/gm;
const LINE =
  /^(?:http:\/\/localhost:8787)?(\/(?:display|get|redirect|explain|openapi|healthcheck|sys|avatar|api|g)\b\S*)(.*)$/;

const ROW = /^\| [^|]*\| `(\/display[^`]*)` \|( [^|]*) \|$/gm;

/** All examples of a Markdown document. */
export const examplesOf = (markdown: string): Example[] => {
  const lines = [...markdown.matchAll(FENCED)].flatMap(([, block]) => block.split("\n"));
  const rows = [...markdown.matchAll(ROW)].map(([, url, told]) => url + told);
  return [...lines, ...rows].flatMap((line) => parseExample(line) ?? []);
};

function parseExample(line: string): Example | undefined {
  const [, url, told] = LINE.exec(line) ?? [];
  if (url === undefined) return undefined;
  const [, status = "200", code] = /^\s+([1-5][0-9]{2})\b(?! x )(?: ([a-z]+_[a-z_]+))?/.exec(told) ?? [];
  return {
    url,
    size: /\b[0-9]+ x [0-9]+\b/.exec(told)?.[0],
    mime: /\b(?:image|application)\/[a-z]+/.exec(told)?.[0],
    status: Number(status),
    code,
  };
}
