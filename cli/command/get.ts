import { type AvatarOptions, avatarUrl } from "../../client/index.ts";
import { askFor, BASE_FLAGS, requiredBase } from "../base.ts";
import { command } from "../command.ts";
import { writeContents } from "../contents.ts";
import { parseInteger } from "../numbers.ts";
import { idOf } from "../token.ts";

const MOST_PX = 2_048;

export const get = command({
  name: "get",
  about: "Fetches an avatar: into FILE, to standard output with -, or only what is known of it.",
  words: ["ID|EMAIL", "[FILE]"],
  flags: {
    size: { type: "string", value: "PX", about: "1 to 2048." },
    default: { type: "string", value: "WORD", about: "What to fetch where there is none; 404 when absent." },
    format: { type: "string", value: "png|jpg|webp|avif|gif|svg", about: "When absent, the avatar's own." },
    ...BASE_FLAGS,
  },
  examples: ["edgefit get alice@example.com --json", "edgefit get alice@example.com me.png --size 256 --format png"],
  async run({ words: [owner, file], flags, io }) {
    const { size, default: fallback = "404", format } = flags;
    const px = size === undefined ? undefined : parseInteger("size", size, 1, MOST_PX);
    const [base, id] = [requiredBase(flags, io), await idOf(owner)];
    if (file === undefined) return described(await askFor(`${base}/api/avatars/${id}`));
    // Whatever its rating is: it is not for showing it to a stranger.
    const options = { size: px, default: fallback, rating: "x", format } as AvatarOptions;
    const response = await askFor(await avatarUrl(base, id, options));
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (file === "-") io.out(bytes);
    else await writeContents(file, bytes);
    const type = response.headers.get("content-type");
    return {
      text: file === "-" ? "" : `${file}: ${bytes.length} bytes, ${type}`,
      json: { file, bytes: bytes.length, type },
    };
  },
});

async function described(response: Response) {
  const { data } = (await response.json()) as { data: Readonly<Record<string, unknown>> };
  const lines = ["ids", "rev", "type", "width", "rating", "name", "alt", "updatedAt"].flatMap((name) =>
    data[name] === undefined || data[name] === null ? [] : [`${name}: ${data[name]}`],
  );
  return { text: lines.join("\n"), json: data };
}
