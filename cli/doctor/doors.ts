import type { Config } from "../../src/env.ts";
import type { Env } from "../../src/var.ts";
import { type Finding, fault, unless, warning } from "./finding.ts";
import type { Project } from "./project.ts";

/** security.md: what is open that should be closed, and what is closed although it was switched on. */
export const doorFaults = (config: Config, { env, published }: Project): readonly Finding[] => [
  ...sourceFaults(config),
  ...corsFaults(env),
  ...uploadFaults(config),
  ...signingFaults(config),
  ...SECRETS.filter((name) => published.includes(name)).map((name) =>
    warning(
      name,
      "The secret stands in [vars], where everybody reads it who reads the file",
      `npx wrangler secret put ${name}, and remove it from [vars].`,
    ),
  ),
];

const SECRETS = ["SECRET_KEY", "UPLOAD_SECRET", "JWT_SECRET", "JWT_SECRETS", "METRICS_TOKEN", "SENTRY_DSN"];

/** Where hosts are named, ALLOW_ANY_SOURCE says nothing. */
const sourceFaults = ({ allowAnySource, sourceHosts, signing }: Config): readonly Finding[] =>
  unless(
    !allowAnySource || sourceHosts !== undefined || signing.keys.length > 0,
    fault(
      "ALLOW_ANY_SOURCE",
      "Anybody may have any address of the web fetched, since requests are not signed",
      "npx wrangler secret put SECRET_KEY, or name the hosts in SOURCE_HOSTS instead.",
    ),
  );

/** One without the other leaves CORS off, as in picfit. */
function corsFaults(env: Env): readonly Finding[] {
  const [set, ...others] = ["ALLOWED_ORIGINS", "ALLOWED_METHODS"].filter((name) => env[name]);
  if (set === undefined || others.length > 0) return [];
  const missing = set === "ALLOWED_ORIGINS" ? "ALLOWED_METHODS" : "ALLOWED_ORIGINS";
  return [warning(set, `CORS is off: ${missing} is not set`, `Set ${missing} as well, or remove ${set}.`)];
}

/** Each switch that lets pictures be changed or listed is closed without a secret, whatever it says. */
function uploadFaults({ enable, upload }: Config): readonly Finding[] {
  const doors = {
    upload: "ENABLE_UPLOAD",
    list: "ENABLE_LIST",
    delete: "ENABLE_DELETE",
    purge: "ENABLE_PURGE",
  } as const;
  const on = Object.entries(doors).flatMap(([door, name]) => (enable[door as keyof typeof doors] ? [name] : []));
  if (on.length === 0 || upload.secret !== undefined) return [];
  if (upload.open) {
    const what = `Anybody may change or list pictures: ${on.join(", ")} without UPLOAD_SECRET`;
    return [fault("UPLOAD_OPEN", what, SET_UPLOAD_SECRET)];
  }
  return [
    fault("UPLOAD_SECRET", `${on.join(", ")} is on, but without UPLOAD_SECRET the answer is 403`, SET_UPLOAD_SECRET),
  ];
}

const SET_UPLOAD_SECRET = "npx wrangler secret put UPLOAD_SECRET";

const LEAST_KEY = 16;

const signingFaults = ({ signing }: Config): readonly Finding[] =>
  signing.keys.length === 0
    ? [
        warning(
          "SECRET_KEY",
          "It is not set: anybody may ask for any size, each of which is made and stored",
          "npx wrangler secret put SECRET_KEY, or set ALLOWED_SIZES.",
        ),
      ]
    : unless(
        signing.keys.every((key) => key.length >= LEAST_KEY),
        warning(
          "SECRET_KEY",
          `A key has less than ${LEAST_KEY} characters, and can be guessed`,
          "openssl rand -base64 32 makes one.",
        ),
      );
