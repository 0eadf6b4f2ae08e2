import { askFor, BASE_FLAGS, requiredBase } from "../base.ts";
import { command } from "../command.ts";
import { authorization, idOf, TOKEN_FLAGS } from "../token.ts";

export const rm = command({
  name: "rm",
  about: "Deletes an avatar, with all of its ids.",
  words: ["ID|EMAIL"],
  flags: { ...BASE_FLAGS, ...TOKEN_FLAGS },
  examples: ["edgefit rm alice@example.com"],
  async run({ words: [owner], flags, io }) {
    const id = await idOf(owner);
    const headers = await authorization(id, flags, io);
    await askFor(`${requiredBase(flags, io)}/api/avatars/${id}`, { method: "DELETE", headers });
    return { text: `${id}: deleted`, json: { id, deleted: true } };
  },
});
