/** Of the Worker that these tests talk to. */
export const SECRETS = {
  SECRET_KEY: "the key of the tests + / =",
  UPLOAD_SECRET: "the-upload-secret-of-the-tests",
  JWT_SECRET: "the token secret of the tests",
  METRICS_TOKEN: "the-metrics-token-of-the-tests",
} as const;
