import type { Avatars } from "./avatars.ts";
import { removeObjects } from "./objects.ts";

/** Objects in one go, and goes in one run: a run may take as long as a Worker's cron may. */
const BATCH = 100;
const MAX_BATCHES = 20;

/** Removes the objects that nothing needs any more, and forgets tokens that have expired. What fails comes again. */
export async function sweep(avatars: Avatars): Promise<void> {
  await avatars.metadata.forgetTokens();
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const keys = await avatars.metadata.due(BATCH);
    if (keys.length === 0) return;
    await removeObjects(keys, avatars);
  }
}
