import { edgefit } from "../contender/edgefit.ts";
import { note, type Section } from "../section.ts";
import { megabytes, table } from "../table.ts";
import { memoryDuring } from "../wasm-memory.ts";
import { TASKS } from "./end-to-end.ts";

export const memory: Section = {
  name: "memory",
  title: "WASM memory of one picture",
  async run({ photos }) {
    const rows: string[][] = [];
    for (const { title, photo, width, output } of TASKS) {
      note(title);
      const source = photos[photo];
      const { bytes, instances } = await memoryDuring(() => edgefit.scale(source, width, output));
      const holdsSource = bytes >= source.bytes.length;
      const beyond = holdsSource ? bytes - source.bytes.length : bytes;
      rows.push([title, megabytes(source.bytes.length), String(instances), megabytes(bytes), megabytes(beyond)]);
    }
    return `${INTRODUCTION}\n\n${table(["", "source", "instances", "WASM memory", "beyond the source"], rows)}`;
  },
};

const INTRODUCTION = `All WASM memory that our code made for one picture, counted when it was done, since WASM memory never
shrinks; as if none of it were freed in between. An instance that a library keeps for later counts where it was made
first. The last column leaves the compressed source out, where there is room for it in that memory at all.`;
