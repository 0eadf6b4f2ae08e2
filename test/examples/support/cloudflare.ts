import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type Account, ID, newAccount, ROUTES } from "./account.ts";

/** What stands in for Cloudflare, of which no account is at hand: its login, and as much of its API as Wrangler asks for. */
export interface Cloudflare {
  readonly account: Account;
  /** What Wrangler finds it by. */
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

/** @param callbackPort where Wrangler waits for the browser to come back */
export async function startCloudflare(callbackPort: number): Promise<Cloudflare> {
  const account = newAccount();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://x");
    if (pathname === "/login") {
      const location = `http://localhost:${callbackPort}/oauth/callback?code=x&state=${searchParams.get("state")}`;
      response.writeHead(302, { location }).end();
      return;
    }
    const { status, json } = pathname === "/token" ? LOGGED_IN : await answer(account, request, pathname);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(json));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    account,
    env: {
      CLOUDFLARE_API_BASE_URL: origin,
      WRANGLER_AUTH_URL: `${origin}/login`,
      WRANGLER_TOKEN_URL: `${origin}/token`,
    },
    close: () => server.close(),
  };
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

/** Good for everything else. */
const TOKEN = "the-token-of-the-login";
const LOGGED_IN: Answer = {
  status: 200,
  json: { access_token: TOKEN, refresh_token: "x", expires_in: 3600, scope: "" },
};

const PATTERNS = Object.entries(ROUTES).map(
  ([route, answer]) => [new RegExp(`^${route.replaceAll("*", "([^/]+)")}$`), answer] as const,
);

async function answer(account: Account, request: IncomingMessage, pathname: string): Promise<Answer> {
  const body = await buffer(request);
  const { authorization, "content-type": type } = request.headers;
  if (authorization !== `Bearer ${TOKEN}`) return refusal(401, 10000, "It is not known who asks");
  const path = pathname.replace(`/accounts/${ID}/`, "");
  const asked = `${request.method} ${path}`;
  const [pattern, route] = PATTERNS.find(([pattern]) => pattern.test(asked)) ?? [];
  const [, ...names] = pattern?.exec(asked) ?? [];
  const json = body[0] === "{".charCodeAt(0) ? JSON.parse(String(body)) : {};
  const result = route?.(account, { names, type, body, json });
  if (result === undefined) return refusal(404, absenceOf(path), `${asked} is not there`);
  return { status: 200, json: { success: true, errors: [], messages: [], result } };
}

/** By these codes Wrangler knows that something is to be created. */
const absenceOf = (path: string): number => (path.startsWith("r2") ? 10006 : path.startsWith("d1") ? 7404 : 10007);

const refusal = (status: number, code: number, message: string): Answer => ({
  status,
  json: { success: false, errors: [{ code, message }], messages: [], result: null },
});
