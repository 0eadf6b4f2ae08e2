import type { Edit } from "../../client/index.ts";
import { type Address, parseAddress, textOf } from "../address.ts";
import { misuse } from "../cli-error.ts";
import { parametersOf, sourceOf } from "../edit.ts";
import type { Signing } from "../signing.ts";

/** One picture to ask for. */
export interface Target {
  /** What a state file remembers it by: its URL without host, signature and end. */
  readonly name: string;
  readonly url: string;
}

export interface Asking {
  /** Of the Worker. */
  readonly base: string;
  /** What is asked of each source. */
  readonly edits: readonly Edit[];
  readonly signing: Signing | undefined;
}

/** What an entry of a list asks for: a URL of the Worker asks for itself, anything else is a source. */
export function targetsOf(entry: string, asking: Asking): Promise<Target[]> {
  return Promise.all(addressesOf(entry, asking).map((address) => targetOf(address, asking)));
}

function addressesOf(entry: string, { base, edits }: Asking): Address[] {
  const path = entry.startsWith(`${base}/`) ? entry.slice(base.length) : entry;
  if (/^\/(?:display|get|redirect)[/?]/.test(path)) return [{ ...addressIn(entry, path), base }];
  const source = sourceOf(entry);
  return edits.map((edit) => ({ base, route: "display", form: "path", parameters: parametersOf(source, edit) }));
}

/** One line of thousands is wrong: it is told which. @throws CliError 2 */
function addressIn(entry: string, path: string): Address {
  try {
    return parseAddress(path);
  } catch (cause) {
    throw misuse(`Cannot ask for ${entry}: ${cause instanceof Error ? cause.message : cause}`);
  }
}

async function targetOf(address: Address, { signing }: Asking): Promise<Target> {
  const named = address.parameters.filter(([name]) => name !== "sig" && name !== "exp");
  return {
    name: await textOf({ ...address, base: "", parameters: named }),
    url: await textOf(address, signing),
  };
}
