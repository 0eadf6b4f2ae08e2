/** Composed (NFC), trimmed, in lower case: what Gravatar, Libravatar and we take the digest of. */
export const normaliseEmail = (email: string): string => email.normalize("NFC").trim().toLowerCase();
