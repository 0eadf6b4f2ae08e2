// Packs the letters that `initials` may draw: the font Inter, two weights → src/drawing/glyphs.bin.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packFace } from "./pack-face.ts";
import { type Font, readFont } from "./truetype.ts";

const SUBSETS = ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"];
const REGULAR = 500;
const BOLD = 700;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const output = join(root, "src/drawing/glyphs.bin");
const { resolve } = createRequire(import.meta.url);

const fonts = (weight: number): readonly Font[] =>
  SUBSETS.map((subset) =>
    readFont(readFileSync(resolve(`@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`))),
  );

const faces = [REGULAR, BOLD].map((weight) => packFace(fonts(weight)));
const bytes = Buffer.alloc(4 + faces[0].length + faces[1].length);
bytes.writeUInt32LE(faces[0].length, 0);
bytes.set(faces[0], 4);
bytes.set(faces[1], 4 + faces[0].length);
writeFileSync(output, bytes);
console.log(`glyphs.bin: ${bytes.length} bytes`);
