import type { ListedObject, Storage } from "../../src/storage/storage.ts";

/** Everything whose path starts with `prefix`, however deep, in no order. */
export async function listed(storage: Pick<Storage, "list">, prefix: string): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await storage.list(prefix, { limit: 1_000, after });
    found.push(...page.objects);
    for (const folder of page.folders) found.push(...(await listed(storage, folder)));
    after = page.next;
  }
  return found;
}
