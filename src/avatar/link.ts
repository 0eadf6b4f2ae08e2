import { HttpError } from "../error.ts";
import { readBody } from "../http/body.ts";
import type { Call } from "./call.ts";
import { admit } from "./entrance.ts";
import { readExpected, refused } from "./expected.ts";
import { type AvatarId, parseId } from "./identity.ts";
import { useUp, verifyMay } from "./permission.ts";
import { parseJson } from "./sent.ts";
import { answerWith } from "./write.ts";

const MAX_BODY_BYTES = 4_096;
const MAX_IDS = 16;

/** `POST /api/avatars/{id}/ids`: lets further ids find this avatar. The token must be good for each of them. */
export async function link(call: Call): Promise<Response> {
  const { request, params, avatars } = call;
  const { metadata, guard } = avatars;
  const id = parseId(params.id ?? "");
  const permission = await admit(request, { scope: "avatar:write", ids: [id] }, guard);
  const ids = idsIn(parseJson(await readBody(request, MAX_BODY_BYTES)).ids);
  verifyMay(permission, "avatar:write", ...ids);
  await useUp(permission, (jti, expiresAt) => metadata.useToken(jti, expiresAt));
  const result = await metadata.link(id, ids, readExpected(request));
  if (result.outcome !== "linked") throw refused(result.outcome);
  return answerWith(id, result.avatar, call, { status: 200 });
}

function idsIn(value: unknown): AvatarId[] {
  if (!Array.isArray(value) || value.length < 1 || value.length > MAX_IDS)
    throw new HttpError(400, "invalid_json", `Cannot read the ids: expected a list of 1 to ${MAX_IDS}`);
  return value.map((item) => parseId(String(item)));
}
