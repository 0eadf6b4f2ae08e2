/** Where a project of Sentry takes reports, from its DSN. */
export interface Dsn {
  /** As it was given: part of each report. */
  readonly text: string;
  /** With the public key, which is all that Sentry asks for. */
  readonly envelopeUrl: string;
}

/** `https://{key}@{host}[/{path}]/{project}`; undefined for anything else. */
export function parseDsn(text: string): Dsn | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [, path, project] = /^(\/.*)?\/([0-9]+)$/.exec(url?.pathname ?? "") ?? [];
  if (!url || !/^https?:$/.test(url.protocol) || !/^\w+$/.test(url.username) || project === undefined) return undefined;
  const query = `sentry_version=7&sentry_key=${url.username}`;
  return { text, envelopeUrl: `${url.origin}${path ?? ""}/api/${project}/envelope/?${query}` };
}
