/** A row of an example: what may stand for its picture, its URL in backticks, and what it answers with. */
const ROW = /^\| (!\[[^\]]*\]\([^)]*\)|) ?\| `(\/display[^`]*)` \| ([^|]*) \|$/gm;

const isRefused = (answer: string): boolean => /^[45][0-9]{2}\b(?! x )/.test(answer);

/** `markdown` with a picture in the row of each example that shows one; `pictureOf` names its file. */
export function withPictures(markdown: string, pictureOf: (url: string) => string): string {
  return markdown.replace(ROW, (_row, _picture, url: string, answer: string) => {
    const picture = isRefused(answer) ? "" : `![${answer}](images/url/${pictureOf(url)}) `;
    return `| ${picture}| \`${url}\` | ${answer} |`;
  });
}

/** URLs of the examples that show a picture. */
export const exampleUrls = (markdown: string): string[] =>
  [...markdown.matchAll(ROW)].filter(([, , , answer]) => !isRefused(answer)).map(([, , url]) => url);

/** What is asked for, as the name of a file. */
export const pictureName = (url: string): string =>
  `${url
    .replace(/^\/display[/?]/, "")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .slice(0, 100)}.jpg`;
