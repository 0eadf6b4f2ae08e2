import type { Pair } from "../../../client/parameters.ts";
import { CopyButton } from "../../shared/copy-button.tsx";
import { Icon } from "../../shared/icon.tsx";
import { address, pathAddress } from "../model/address.ts";

interface AddressBarProps {
  /** Absent: nothing is chosen yet, or it is being signed. */
  readonly pairs: readonly Pair[] | undefined;
  readonly signed: boolean;
}

/** The URL of the result, in both forms. */
export function AddressBar({ pairs, signed }: AddressBarProps) {
  const query = pairs ? address(pairs) : "";
  const path = pairs && pathAddress(pairs);
  return (
    <section class="panel address" aria-labelledby="address-title">
      <h2 id="address-title">
        URL
        {signed && <span class="tag">signed here</span>}
      </h2>
      <Line label="Query form" url={query} />
      <Line label="Path form" url={path ?? ""} />
    </section>
  );
}

const Line = ({ label, url }: { readonly label: string; readonly url: string }) => (
  <div class="line">
    <span class="label">{label}</span>
    <code>{url || "–"}</code>
    {url === "" ? (
      <span class="icon" />
    ) : (
      <a class="icon" href={url} target="_blank" rel="noreferrer" aria-label={`Open ${label}`} title="Open">
        <Icon name="open" />
      </a>
    )}
    <CopyButton text={url && location.origin + url} of={label} />
  </div>
);
