/** `/a/:id.:extension`, `/(?<id>[0-9a-f]+)` and `/display/*` as OpenAPI has templates. */
export const templateOf = (pattern: string): string =>
  pattern
    .replace(/\(\?<(\w+)>[^)]*\)/g, "{$1}")
    .replace(/:(\w+)/g, "{$1}")
    .replace("*", "{rest}");
