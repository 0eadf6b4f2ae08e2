declare module "*?raw" {
  const text: string;
  export default text;
}

interface ImportMeta {
  /** Vite's: the modules that match, by their paths. */
  glob<T>(
    pattern: string | readonly string[],
    options: { query: "?raw"; import: "default"; eager: true },
  ): Record<string, T>;
  glob(pattern: string): Record<string, unknown>;
}
