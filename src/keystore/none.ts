import type { KeyStore } from "./keystore.ts";

/** Remembers nothing: whether a derivative exists is for the storage to say. No source knows what was made from it. */
export const noKeyStore: KeyStore = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
  append: async () => {},
  async *members() {},
  remove: async () => {},
};
