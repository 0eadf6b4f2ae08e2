import { createScheduledController, env } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { ALICE, adminToken, avatarService, BOB, emptyAvatars, send, storedKeys } from "../support/avatars.ts";
import { decodeResponse } from "../support/decode.ts";
import { draw, encode, type Pixel } from "../support/drawings.ts";

const UPLOADS = 100;
const READERS = 10;
const pics = avatarService({ MAX_WAITING: "1000", MAX_WAIT_MS: "30000" });
const A = ALICE.sha1;

/** Colours that no compression mixes up: steps of 24 in red and green. */
const colourOf = (index: number): Pixel => [(index % 10) * 24 + 12, Math.floor(index / 10) * 24 + 12, 128];

beforeEach(emptyAvatars);

/** What no row needs, and what a row needs that is not there. */
async function strays() {
  const { results } = await env.DB.prepare("SELECT master_key, source_key FROM avatar_revisions").all();
  const needed = results.flatMap((row) => Object.values(row));
  const stored: unknown[] = await storedKeys();
  return {
    orphans: stored.filter((key) => !needed.includes(key)),
    missing: needed.filter((key) => !stored.includes(key)),
  };
}

/** As if a day had passed. */
async function sweep(): Promise<void> {
  await env.DB.prepare("UPDATE gc_queue SET not_before = 0").run();
  await worker.scheduled(createScheduledController(), pics.env);
}

describe("a hundred uploads at once to one id", () => {
  it("are read whole, end with the last one, and leave nothing over", async () => {
    const pictures = await Promise.all(
      Array.from({ length: UPLOADS }, (_, index) =>
        encode(
          draw(48, 48, () => colourOf(index)),
          "png",
        ),
      ),
    );
    await send(pics, `/${A}`, pictures[0]);
    let writing = true;
    const uploads = Promise.all(pictures.map((png) => send(pics, `/${A}`, png))).finally(() => {
      writing = false;
    });
    const faults: string[] = [];
    let reads = 0;
    const read = async () => {
      const [picture, redirect, head] = await pics.fetchAll([`/avatar/${A}.png?s=8`, `/${A}`, `/api/avatars/${A}`], {
        redirect: "manual",
      });
      reads += 3;
      if (redirect.status !== 302 || head.status !== 200) faults.push(`${redirect.status} ${head.status}`);
      faults.push(...(await faultsOf(picture)));
    };
    const readAll = async () => {
      while (writing) await read();
    };
    await Promise.all(Array.from({ length: READERS }, readAll));
    const answers = await uploads;
    expect(answers.map(({ status }) => status)).toEqual(Array(UPLOADS).fill(201));
    expect(faults).toEqual([]);
    console.log(`${reads} reads between ${UPLOADS} uploads`);

    const versions = answers.map(({ headers }) => /^"([0-9a-f]{16})-([0-9]+)"$/.exec(headers.get("etag") ?? "") ?? []);
    const last = versions.findIndex(([, , version]) => Number(version) === UPLOADS + 1);
    const { etag, colour } = await shown();
    expect(etag).toBe(`"${versions[last][1]}-8-png-80"`);
    expect(nearest(colour)).toBe(last);

    await sweep();
    expect(await strays()).toEqual({ orphans: [], missing: [] });
    expect(await storedKeys()).toHaveLength(4);
  }, 300_000);

  /** A read is an upload, whole: one colour all over, and one of ours. */
  async function faultsOf(response: Response): Promise<string[]> {
    const source = response.headers.get("x-avatar-source");
    if (response.status !== 200 || source !== "upload") return [`${response.status} ${source}`];
    const { data } = (await decodeResponse(response)).image;
    const mixed = data.some((level, at) => Math.abs(level - data[at % 4]) > 3);
    return mixed || nearest([...data.subarray(0, 4)]) < 0 ? [`mixture ${data.subarray(0, 8)}`] : [];
  }

  async function shown() {
    const response = await pics.fetch(`/avatar/${A}.png?s=8`);
    const etag = response.headers.get("etag");
    return { etag, colour: [...(await decodeResponse(response)).image.data.subarray(0, 4)] };
  }

  const nearest = (colour: readonly number[]): number =>
    Array.from({ length: UPLOADS }, (_, index) => colourOf(index)).findIndex((pixel) =>
      [0, 1, 2].every((channel) => Math.abs((pixel[channel] ?? 0) - colour[channel]) <= 8),
    );
});

describe("uploads and deletions at once", () => {
  it("leave an avatar that is whole, or none, and nothing over", async () => {
    const png = await encode(
      draw(32, 32, () => [200, 0, 0]),
      "png",
    );
    const authorizing = { authorization: `Bearer ${await adminToken()}` };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? pics.fetch(`/${BOB.md5}`, { method: "DELETE", headers: authorizing })
          : send(pics, `/${BOB.md5}`, png),
      ),
    );
    const exists = (await pics.fetch(`/${BOB.md5}`, { method: "HEAD" })).status === 204;
    const source = (await pics.fetch(`/avatar/${BOB.md5}`)).headers.get("x-avatar-source");
    expect(source).toBe(exists ? "upload" : "default");
    await sweep();
    expect(await strays()).toEqual({ orphans: [], missing: [] });
  });
});

describe("a read whose object goes under its hands", () => {
  const losing = (times: number) => {
    let left = times;
    const get = async (key: string) => (left-- > 0 ? null : env.AVATARS.get(key));
    return avatarService({ AVATARS: { get } });
  };

  it("begins anew, and ends in 503 only where the object stays away", async () => {
    await send(
      pics,
      `/${A}`,
      await encode(
        draw(32, 32, () => [200, 0, 0]),
        "png",
      ),
    );
    const once = await losing(1).fetch(`/avatar/${A}?s=31`);
    expect([once.status, once.headers.get("x-avatar-source")]).toEqual([200, "upload"]);
    const gone = await losing(1_000).fetch(`/avatar/${A}?s=30`);
    expect([gone.status, gone.headers.get("cache-control")]).toEqual([503, "no-store"]);
  });
});

describe("the cron", () => {
  it("removes what an upload left that never ended, and tokens that have expired", async () => {
    await env.AVATARS.put("avatars/0/00/0/0/master.jpg", "left");
    await env.DB.prepare("INSERT INTO gc_queue (r2_key, not_before) VALUES ('avatars/0/00/0/0/master.jpg', 0)").run();
    await env.DB.prepare("INSERT INTO used_tokens VALUES ('old', 1), ('new', 9000000000000)").run();
    await sweep();
    expect(await storedKeys()).toEqual([]);
    const { results } = await env.DB.prepare("SELECT jti FROM used_tokens").all();
    expect(results).toEqual([{ jti: "new" }]);
  });
});
