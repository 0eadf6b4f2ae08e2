/** Every answer about an id, its defaults too, is purged with that id's next upload; `others` are tags it has already. */
export function cacheTag(id: string, others: string | null = null): string {
  const tags = others === null ? [] : others.split(",");
  return [...new Set([`avatar-${id}`, ...tags])].join(",");
}
