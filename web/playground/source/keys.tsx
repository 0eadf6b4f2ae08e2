import type { Signing } from "../model/address.ts";

interface KeysProps {
  readonly token: string;
  readonly onToken: (token: string) => void;
  readonly signing: Signing | undefined;
  readonly onSigning: (signing: Signing | undefined) => void;
}

/** Plain http from another machine has no cryptography. */
const canSign = globalThis.crypto?.subtle !== undefined;

/** What an owner may paste. Both are forgotten with the page. */
export const Keys = ({ token, onToken, signing, onSigning }: KeysProps) => (
  <details class="panel keys">
    <summary>
      <h2>Owner’s keys</h2>
    </summary>
    <div class="field">
      <label class="label" for="signing-secret">
        Signing secret
      </label>
      <input
        {...SECRET}
        id="signing-secret"
        placeholder="SECRET_KEY"
        disabled={!canSign}
        aria-describedby="signing-about"
        value={signing?.secret ?? ""}
        onInput={({ currentTarget: { value } }) =>
          onSigning(value === "" ? undefined : { secret: value, algorithm: signing?.algorithm ?? "SHA-1" })
        }
      />
      <p class="hint" id="signing-about">
        {canSign ? "Signs URLs here, in the browser. It is sent to nobody." : "Signing needs https, or localhost."}
      </p>
    </div>
    {signing && (
      <fieldset class="field">
        <legend class="label">Digest</legend>
        <div class="segments">
          {(["SHA-1", "SHA-256"] as const).map((algorithm) => (
            <label key={algorithm}>
              <input
                type="radio"
                name="algorithm"
                checked={signing.algorithm === algorithm}
                onChange={() => onSigning({ ...signing, algorithm })}
              />
              <span>{algorithm}</span>
            </label>
          ))}
        </div>
        <p class="hint">What SIGN_ALGO says; SHA-1 if nothing.</p>
      </fieldset>
    )}
    <div class="field">
      <label class="label" for="upload-secret">
        Upload secret
      </label>
      <input
        {...SECRET}
        id="upload-secret"
        placeholder="UPLOAD_SECRET"
        aria-describedby="upload-about"
        value={token}
        onInput={({ currentTarget }) => onToken(currentTarget.value.trim())}
      />
      <p class="hint" id="upload-about">
        Goes to this service only, with uploads and to list pictures. Neither key is stored.
      </p>
    </div>
  </details>
);

const SECRET = { type: "password", class: "input", autocomplete: "off", spellcheck: false } as const;
