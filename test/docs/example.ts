/** One line of a fenced block, or row of a table: a URL, and what the document says it answers with. */
export interface UrlExample {
  /** Without the origin. */
  readonly url: string;
  readonly size: string | undefined;
  readonly mime: string | undefined;
  readonly status: number;
  /** Error code. */
  readonly code: string | undefined;
}

const LINE =
  /^(?:http:\/\/localhost:8787)?(\/(?:display|get|redirect|explain|openapi|metrics|healthcheck|sys|avatar|api|g)\b\S*)(.*)$/;

const ROW = /^\| [^|]*\| `(\/display[^`]*)` \|( [^|]*) \|$/gm;

/** Those in the lines of a block. */
export const urlsIn = (block: string): UrlExample[] => block.split("\n").flatMap((line) => parseExample(line) ?? []);

/** Those in the rows of a Markdown table. */
export const urlsInRows = (markdown: string): UrlExample[] =>
  [...markdown.matchAll(ROW)].flatMap(([, url, told]) => parseExample(url + told) ?? []);

/** Undefined where a line is no such example. */
export function parseExample(line: string): UrlExample | undefined {
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
