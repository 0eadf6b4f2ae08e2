import { applyD1Migrations, env } from "cloudflare:test";
import { describe, expect, inject, it } from "vitest";
import { createMetadataStore } from "../src/create-metadata-store.ts";
import { systemClock } from "../src/platform/clock.ts";

const OPTIONS = { clock: systemClock, keepRevs: 1 };
const JTI = "of one engine only";

describe("createMetadataStore()", () => {
  it("makes none without a database", () => {
    expect(createMetadataStore({}, OPTIONS)).toBeUndefined();
  });

  it("uses D1 where only that is bound, and PostgreSQL where both are", async ({ skip }) => {
    await applyD1Migrations(env.DB, inject("migrations"));
    const store = createMetadataStore({ DB: env.DB }, OPTIONS);
    expect(await store?.useToken(JTI, 1)).toBe(true);
    expect(await store?.useToken(JTI, 1)).toBe(false);
    const connectionString = inject("postgresUrl") ?? skip("no PostgreSQL");
    const both = createMetadataStore({ DB: env.DB, HYPERDRIVE: { connectionString } }, OPTIONS);
    expect(await both?.useToken(JTI, 1)).toBe(true);
  });
});
