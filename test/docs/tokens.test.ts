import { describe, inject, it } from "vitest";
import { idsOfEmail } from "../../src/avatar/identity.ts";
import { verifyMay } from "../../src/avatar/permission.ts";
import { verifyToken } from "../../src/avatar/token.ts";
import { readAvatarConfig } from "../../src/env-avatar.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { examplesFor } from "../support/claims.ts";
import type {} from "../support/provided.ts";

const secret = "a secret with + / = & é and 32 bytes";
const { tokens } = readAvatarConfig({ JWT_SECRET: secret, JWT_MAX_TTL: 310 });

describe("docs/avatars.md", () => {
  it.for(examplesFor("tokens"))(
    "makes a token in $language",
    { timeout: 120_000 },
    async ({ language, text: body }, { expect, skip }) => {
      const url = `${inject("tokenExamplesUrl")}/${language}?secret=${encodeURIComponent(secret)}`;
      const printed = await fetch(url, { method: "POST", body });
      const text = await printed.text();
      if (printed.status === 501) skip(`no ${language} on this machine`);
      expect(printed.status, text).toBe(200);
      const permission = await verifyToken(text, tokens, systemClock);
      const { sha256, md5 } = await idsOfEmail("alice@example.com");
      verifyMay(permission, "avatar:write", sha256);
      expect(() => verifyMay(permission, "avatar:write", md5)).toThrow("another");
    },
  );
});
