import { edgefit, type Image, type Picture } from "../../client/index.ts";
import { scaledTo } from "../../client/responsive.ts";
import { baseOf } from "../base.ts";
import { command, type Result } from "../command.ts";
import { formOf, parametersOf, sourceOf } from "../edit.ts";
import { FORM_FLAGS } from "../edit-flags.ts";
import { formatsOf, RESPONSIVE_FLAGS, responsiveOf } from "../responsive.ts";
import { SIGNING_FLAGS, signingOf } from "../signing.ts";

const WIDTHS = "400,800,1200,1600";

export const srcset = command({
  name: "srcset",
  about: "Writes an <img> with a srcset, or a <picture>.",
  words: ["PATH|URL"],
  flags: {
    ...RESPONSIVE_FLAGS,
    sizes: { type: "string", value: "TEXT", about: "How wide the page shows it, such as '50vw'." },
    alt: { type: "string", value: "TEXT", about: "What the picture shows." },
    ...FORM_FLAGS,
    ...SIGNING_FLAGS,
  },
  examples: [
    "edgefit srcset photos/a.jpg --widths 400,800,1600 --sizes 50vw --alt 'A lake'",
    "edgefit srcset a.jpg --widths 400,800 --formats avif,webp --op thumbnail --width 16 --height 9",
  ],
  async run({ words: [text], flags, io }) {
    const source = sourceOf(text);
    const edit = responsiveOf(flags, flags.widths ?? WIDTHS);
    const formats = formatsOf(flags);
    for (const format of [edit.format, ...formats]) parametersOf(source, scaledTo(1, { ...edit, format }));
    const signing = await signingOf(flags, io);
    const client = edgefit({ base: baseOf(flags, io) ?? "", ...signing });
    const settings = { ...formOf(flags), expires: signing?.expires };
    const responsive = { ...edit, sizes: flags.sizes };
    if (formats.length === 0) return toldImage(await client.img(source, responsive, settings), flags.alt);
    return toldPicture(await client.picture(source, { ...responsive, formats }, settings), flags.alt);
  },
});

function toldImage(image: Image, alt = ""): Result {
  return { text: element("img", { ...image, alt }), json: image };
}

function toldPicture(picture: Picture, alt = ""): Result {
  const lines = [
    ...picture.sources.map((source) => element("source", source)),
    element("img", { ...picture.img, alt }),
  ];
  return { text: ["<picture>", ...lines.map((line) => `  ${line}`), "</picture>"].join("\n"), json: picture };
}

const element = (name: string, attributes: object): string =>
  `<${[name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(String(value))}"`)].join(" ")}>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
