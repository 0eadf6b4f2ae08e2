import { describe, inject, it } from "vitest";
import { idsOfEmail } from "../../src/avatar/identity.ts";
import { verifyMay } from "../../src/avatar/permission.ts";
import { verifyToken } from "../../src/avatar/token.ts";
import { readAvatarConfig } from "../../src/env-avatar.ts";
import { systemClock } from "../../src/platform/clock.ts";
import type {} from "../support/provided.ts";

const secret = "a secret with + / = & é and 32 bytes";
const { tokens } = readAvatarConfig({ JWT_SECRET: secret, JWT_MAX_TTL: 310 });

describe("docs/avatars.md", () => {
  it.for(["js", "python", "php", "ruby", "go"])(
    "makes a token in %s",
    { timeout: 120_000 },
    async (language, { expect, skip }) => {
      const printed = await fetch(`${inject("tokenExamplesUrl")}/${language}?secret=${encodeURIComponent(secret)}`);
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
