import type { Client } from "./edgefit.ts";
import type { Output } from "./edit.ts";
import { sourceOf, toEdit, type Wish } from "./framework.ts";

/** What Nuxt Image wants of a provider. */
export interface NuxtProvider {
  getImage(src: string, options?: { readonly modifiers?: Wish | undefined }): { url: string };
}

/** For `defineProvider` of Nuxt Image. It runs in browsers too and waits for nothing, so it cannot sign. */
export const nuxtProvider = (client: Client<false>, output: Output = {}): NuxtProvider => ({
  getImage: (src, { modifiers = {} } = {}) => ({ url: client.url(sourceOf(src), toEdit(modifiers, output)) }),
});
