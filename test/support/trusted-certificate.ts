import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificate, selfSigned } from "./certificate.ts";

/** Where Miniflare looks for what its workerd shall trust besides browsers' authorities, once: when it is loaded. */
const VARIABLE = "NODE_EXTRA_CA_CERTS";

/**
 * Has every workerd of this process trust a new certificate for `localhost`, and whatever it was to trust before. Once:
 * the configuration is read anew for each project of a run.
 */
export function trustLocalhost(): void {
  if (existsSync(own(process.env[VARIABLE] ?? ""))) return;
  const certificate = selfSigned("localhost");
  const file = join(mkdtempSync(join(tmpdir(), "edgefit-tls-")), "trusted.pem");
  const before = process.env[VARIABLE];
  writeFileSync(file, certificate.cert + (before === undefined ? "" : readFileSync(before, "utf8")));
  writeFileSync(own(file), JSON.stringify(certificate));
  process.env[VARIABLE] = file;
}

/** The certificate that is trusted. */
export const localhostCertificate = (): Certificate =>
  JSON.parse(readFileSync(own(process.env[VARIABLE] ?? ""), "utf8"));

const own = (file: string): string => `${file}.json`;
