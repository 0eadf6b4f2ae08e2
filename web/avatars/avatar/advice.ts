import type { ErrorCode } from "../../../src/error.ts";
import type { OwnCode, Problem } from "./problem.ts";

/** What a person can do at the press of a button. */
export type Remedy = "reload" | "shrink" | "convert" | "retry" | "token";

/** What happened, what to do, and the button for it. */
export interface Advice {
  readonly title: string;
  readonly advice: string;
  readonly remedy?: Remedy;
}

const NEW_TOKEN = "Get a new one where you got this one, and paste it here.";
const AGAIN = "Nothing was changed. Try again in a moment.";
const OTHER_PICTURE = "Choose another picture. Nothing was changed.";

/** By the code of the server's answer. */
const ADVICE: Readonly<Partial<Record<ErrorCode | OwnCode, Advice>>> = {
  missing_token: { title: "No token was sent", advice: NEW_TOKEN, remedy: "token" },
  invalid_token: { title: "The server does not accept this token", advice: NEW_TOKEN, remedy: "token" },
  token_expired: { title: "The token has expired", advice: NEW_TOKEN, remedy: "token" },
  token_not_active: {
    title: "The token is not good yet",
    advice: "Wait until it is, or check the clock of the machine that signs.",
    remedy: "token",
  },
  token_used: { title: "The token was good for one change", advice: NEW_TOKEN, remedy: "token" },
  hash_mismatch: { title: "The token is for another avatar", advice: NEW_TOKEN, remedy: "token" },
  insufficient_scope: { title: "The token does not allow this", advice: NEW_TOKEN, remedy: "token" },
  body_mismatch: {
    title: "The token is for another picture",
    advice: "Choose the very file that it was made for.",
  },
  precondition_failed: {
    title: "Somebody else changed this avatar meanwhile",
    advice: "Look at it as it is now; then do it again if you still want to. Nothing was changed.",
    remedy: "reload",
  },
  revision_not_kept: {
    title: "This earlier picture is gone",
    advice: "Newer ones have taken its place. Upload it again if you have it.",
    remedy: "reload",
  },
  id_in_use: { title: "The id belongs to another avatar", advice: "Delete that one first.", remedy: "reload" },
  not_found: { title: "There is no such avatar any more", advice: "Upload a picture to have one.", remedy: "reload" },
  route_disabled: {
    title: "The whole picture was not kept",
    advice: "Upload it again to show another part of it.",
  },
  body_too_large: {
    title: "The file is too large",
    advice: "Send a smaller copy, which this page makes for you, or choose another picture.",
    remedy: "shrink",
  },
  image_too_large: {
    title: "The picture has too many pixels",
    advice: "Send a smaller copy, which this page makes for you, or choose another picture.",
    remedy: "shrink",
  },
  unsupported_image: {
    title: "This kind of file cannot be an avatar",
    advice: "JPEG, PNG, GIF, WebP and AVIF can. Send a copy, which this page makes for you, or choose another picture.",
    remedy: "convert",
  },
  decode_failed: { title: "The picture is damaged", advice: OTHER_PICTURE },
  animation_too_large: { title: "The animation is too large", advice: OTHER_PICTURE },
  too_many_scans: { title: "The picture is damaged", advice: OTHER_PICTURE },
  unreadable: {
    title: "This browser cannot show the picture",
    advice: `JPEG, PNG, GIF, WebP and AVIF are shown everywhere. ${OTHER_PICTURE}`,
  },
  crop_out_of_bounds: {
    title: "The part lies outside of the picture",
    advice: "Choose the picture anew. Nothing was changed.",
  },
  rate_limited: {
    title: "Too many changes in a short time",
    advice: "Wait a minute, then try again. Nothing was changed.",
    remedy: "retry",
  },
  busy: { title: "The server is busy", advice: AGAIN, remedy: "retry" },
  storage_unavailable: { title: "The server cannot reach its storage", advice: AGAIN, remedy: "retry" },
  auth_not_configured: {
    title: "This server takes no changes",
    advice: "Its owner has not set JWT_SECRET yet.",
  },
  delete_incomplete: {
    title: "The avatar is hidden, its files are not all gone yet",
    advice: "There is nothing to do: the server tries again by itself.",
    remedy: "reload",
  },
  offline: { title: "The server does not answer", advice: "Check the connection, then try again.", remedy: "retry" },
};

const UNKNOWN: Advice = { title: "That did not work", advice: AGAIN, remedy: "retry" };

export const adviceFor = ({ code }: Problem): Advice => ADVICE[code as ErrorCode] ?? UNKNOWN;
