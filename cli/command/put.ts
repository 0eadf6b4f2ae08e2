import { basename } from "node:path";
import { askFor, BASE_FLAGS, requiredBase } from "../base.ts";
import { command } from "../command.ts";
import { contentsOf } from "../contents.ts";
import { authorization, idOf, isEmail, TOKEN_FLAGS } from "../token.ts";

const FIELDS = {
  crop: { type: "string", value: "X,Y,W,H", about: "The part to show, in pixels of the upright picture." },
  rating: { type: "string", value: "g|pg|r|x", about: "How strict its audience is." },
  name: { type: "string", value: "TEXT", about: "Whose avatar it is." },
  alt: { type: "string", value: "TEXT", about: "What a screen reader says." },
} as const;

export const put = command({
  name: "put",
  about: "Uploads an avatar.",
  words: ["ID|EMAIL", "FILE"],
  flags: { ...FIELDS, ...BASE_FLAGS, ...TOKEN_FLAGS },
  examples: ["edgefit put alice@example.com me.jpg --crop 0,0,400,400"],
  async run({ words: [owner, file], flags, io }) {
    const id = await idOf(owner);
    const form = new FormData();
    for (const name of Object.keys(FIELDS) as (keyof typeof FIELDS)[])
      if (flags[name] !== undefined) form.set(name, flags[name]);
    // The address lets the other two digests of it lead to this avatar too.
    if (isEmail(owner)) form.set("email", owner);
    form.set("avatar", new Blob([await contentsOf(file)]), basename(file));
    const headers = await authorization(id, flags, io);
    const response = await askFor(`${requiredBase(flags, io)}/api/avatars/${id}`, {
      method: "PUT",
      body: form,
      headers,
    });
    const { data } = (await response.json()) as { data: { rev: string } };
    return { text: `${id}: ${response.status === 201 ? "created" : "replaced"}, revision ${data.rev}`, json: data };
  },
});
