import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

/** A key and the certificate that it gave itself, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** X.509 version 3 (RFC 5280 §4.1) for one name, valid for a day. */
export function selfSigned(host: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(SET, sequence(oid(2 * 40 + 5, 4, 3), der(UTF8_STRING, Buffer.from(host)))));
  const content = sequence(
    der(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    name,
    sequence(time(-1), time(1)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(extension(17, sequence(der(0x82, Buffer.from(host)))))),
  );
  const signature = createSign("SHA256").update(content).sign(privateKey);
  const cert = sequence(content, ECDSA_WITH_SHA256, der(BIT_STRING, Buffer.of(0), signature));
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), cert: pem(cert) };
}

const SET = 0x31;
const UTF8_STRING = 0x0c;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const UTC_TIME = 0x17;

/** X.690 §8.1: tag, length, contents. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  const long = length > 255 ? [0x82, length >> 8, length & 255] : [0x81, length];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), body]);
}

const sequence = (...contents: readonly Uint8Array[]): Buffer => der(0x30, ...contents);

const integer = (bytes: Uint8Array): Buffer => der(0x02, bytes);

/** Of arcs below 128 only, the first two in one byte. */
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(der(0x06, Buffer.from("2a8648ce3d040302", "hex")));

/** 2.5.29.17: the name, where clients look for it. */
const extension = (id: number, value: Uint8Array): Buffer =>
  sequence(oid(2 * 40 + 5, 29, id), der(OCTET_STRING, value));

function time(daysFromNow: number): Buffer {
  const iso = new Date(Date.now() + daysFromNow * 86_400_000).toISOString();
  return der(UTC_TIME, Buffer.from(`${iso.slice(2, 19).replace(/[-T:]/g, "")}Z`));
}

const pem = (cert: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(cert)
    .toString("base64")
    .replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`;
