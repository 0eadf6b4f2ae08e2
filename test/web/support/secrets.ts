/** Of the Workers that the pages are tested against. */
export const SECRETS = {
  /** Of the closed one. */
  SECRET_KEY: "the key of the tests + / =",
  UPLOAD_SECRET: "the-upload-secret-of-the-tests",
  /** Of the open one. */
  JWT_SECRET: "the token secret of the tests",
} as const;
