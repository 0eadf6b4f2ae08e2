import { addressOf, type Form, type Route } from "./address.ts";
import { type AvatarOptions, avatarUrl } from "./avatar.ts";
import type { Chain, Edit, Output, Source } from "./edit.ts";
import { type Pair, toParameters } from "./parameters.ts";
import {
  type Answer,
  all,
  type Formats,
  type Image,
  image,
  type Picture,
  picture,
  type Responsive,
} from "./responsive.ts";
import { type Algorithm, sign } from "./sign.ts";

/** Where edgefit is, and how its URLs look. */
export interface ClientOptions {
  /** Address of the Worker, such as `https://pics.example.com`; empty: the page's own. */
  readonly base: string;
  readonly form?: Form | undefined;
}

/** For servers only: whoever has the secret may ask for everything. */
export interface SigningOptions extends ClientOptions {
  /** SECRET_KEY of the Worker; of several the newest. */
  readonly secret: string;
  /** What SIGN_ALGO says; SHA-1 when absent. */
  readonly algorithm?: Algorithm | undefined;
  /** Seconds that a URL is good for, up to twice as many: all URLs of such a period are the same. Absent: for ever. */
  readonly expiresIn?: number | undefined;
}

/** What one URL needs besides what is to be done. */
export interface Settings extends Output {
  readonly route?: Route | undefined;
  readonly form?: Form | undefined;
  /** Make it again, whatever is stored. */
  readonly force?: boolean | undefined;
  /** Unix seconds until which a signed URL is good. */
  readonly expires?: number | undefined;
}

/** Builds URLs of one Worker; those of a client that signs are promises. */
export interface Client<Signed extends boolean = boolean> {
  url(source: Source, edit?: Edit, settings?: Settings): Answer<Signed, string>;
  /** The value of `srcset`: a URL for each width. */
  srcset(source: Source, edit: Responsive, settings?: Settings): Answer<Signed, string>;
  /** Attributes of an `<img>`. */
  img(source: Source, edit: Responsive, settings?: Settings): Answer<Signed, Image>;
  /** What a `<picture>` holds: a source for each format, and the `<img>` for browsers that know none of them. */
  picture(source: Source, edit: Responsive & Formats, settings?: Settings): Answer<Signed, Picture>;
  avatar(emailOrId: string, options?: AvatarOptions): Promise<string>;
}

export function edgefit(options: SigningOptions): Client<true>;
export function edgefit(options: ClientOptions): Client<false>;
export function edgefit(options: ClientOptions | SigningOptions): Client {
  const url = (source: Source, edit?: Edit | Chain, settings: Settings = {}) => {
    const { route, form = options.form, force, expires, ...output } = settings;
    const parameters = [...toParameters(source, edit, output), ...(force ? [["force", "1"] as const] : [])];
    const toUrl = (pairs: readonly Pair[]) => options.base.replace(/\/+$/, "") + addressOf(pairs, route, form);
    return "secret" in options ? signed(parameters, expires, options).then(toUrl) : toUrl(parameters);
  };
  const urlWith = (settings?: Settings) => (source: Source, edit: Chain) => url(source, edit, settings);
  const img: Client["img"] = (source, edit, settings) => image(urlWith(settings), source, edit);
  return {
    url,
    img,
    srcset: (...asked) => all([img(...asked)], ([{ srcset }]) => srcset),
    picture: (source, edit, settings) => picture(urlWith(settings), source, edit),
    avatar: (emailOrId, asked) => avatarUrl(options.base, emailOrId, asked),
  };
}

function signed(parameters: readonly Pair[], expires: number | undefined, options: SigningOptions): Promise<Pair[]> {
  const { secret, algorithm, expiresIn } = options;
  const exp = expires ?? (expiresIn && periodEnd(Date.now() / 1000, expiresIn));
  return sign(exp ? [...parameters, ["exp", String(exp)]] : parameters, secret, algorithm);
}

/** Results are kept by their URL, `exp` included: one that changed every second would have each picture made again. */
const periodEnd = (now: number, seconds: number): number => (Math.floor(now / seconds) + 2) * seconds;
