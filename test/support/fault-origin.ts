import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** An origin on loopback that misbehaves on request (security.md 10). Every route takes its figures from the query. */
export interface FaultOrigin {
  readonly url: string;
  close(): void;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** A figure of the query, or what it is when absent. */
  number(name: string, absent: number): number;
}

type Route = (exchange: Exchange) => void;

export async function startFaultOrigin(): Promise<FaultOrigin> {
  const counters = new Map<string, Counter>();
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const url = new URL(path, "http://origin");
    if (url.pathname === "/hits") return sendJson(response, counters.get(url.searchParams.get("path") ?? "") ?? IDLE);
    count(counters, path, response);
    const route = ROUTES[`/${url.pathname.split("/")[1]}`] ?? notFound;
    route({ request, response, query: url.searchParams, number: numberOf(url.searchParams) });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What `/hits?path=` tells about a path with its query. */
interface Counter {
  hits: number;
  /** Answers whose connection went away before their end. */
  cancelled: number;
}

const IDLE: Counter = { hits: 0, cancelled: 0 };

function count(counters: Map<string, Counter>, path: string, response: ServerResponse): void {
  const counter = counters.get(path) ?? { ...IDLE };
  counters.set(path, counter);
  counter.hits++;
  response.on("close", () => {
    if (!response.writableEnded) counter.cancelled++;
  });
}

const numberOf = (query: URLSearchParams) => (name: string, absent: number) => Number(query.get(name) ?? absent);

/** The bytes 0, 1, 2 … 255, 0 …: what tests compare with. */
const sequence = (length: number) => Uint8Array.from({ length }, (_, index) => index);

const sendJson = (response: ServerResponse, value: unknown) => {
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify(value));
};

const notFound: Route = ({ response }) => {
  response.writeHead(404).end("secret words of an error page");
};

const ROUTES: Readonly<Record<string, Route>> = {
  /** `?bytes=32`, optional `?etag=`, `?modified=`, `?chunked=1`. */
  "/ok": ({ request, response, query, number }) => {
    const body = sequence(number("bytes", 32));
    if (query.has("etag")) response.setHeader("etag", query.get("etag") ?? "");
    if (query.has("modified")) response.setHeader("last-modified", query.get("modified") ?? "");
    if (!query.has("chunked")) response.setHeader("content-length", body.length);
    response.setHeader("set-cookie", "secret=1");
    response.end(request.method === "HEAD" ? undefined : body);
  },
  /** A GIF of one pixel under any name. */
  "/picture": ({ response }) => {
    response.setHeader("etag", '"1"');
    response.end(PICTURE);
  },
  /** A picture whose ETag is what `?set=` made it last; `?id=` tells apart. */
  "/versioned": ({ request, response, query }) => {
    const id = query.get("id") ?? "";
    versions.set(id, query.get("set") ?? versions.get(id) ?? "1");
    response.setHeader("etag", `"${versions.get(id)}"`);
    response.end(request.method === "HEAD" ? undefined : PICTURE);
  },
  /** Sentry's ingest: takes envelopes of a project, `/api/{project}/envelope/`; 429 for the project 9. */
  "/api": async ({ request, response }) => {
    const project = request.url?.split("/")[2] ?? "";
    const body = await readText(request);
    envelopes.set(project, [...(envelopes.get(project) ?? []), { url: request.url, headers: request.headers, body }]);
    response.writeHead(project === "9" ? 429 : 200, project === "9" ? { "retry-after": "60" } : {}).end("{}");
  },
  /** `?project=`: what it took. */
  "/envelopes": ({ response, query }) => sendJson(response, envelopes.get(query.get("project") ?? "") ?? []),
  "/headers": ({ request, response }) => sendJson(response, { method: request.method, headers: request.headers }),
  "/status": ({ request, response }) => {
    response.writeHead(Number(request.url?.split(/[/?]/)[2])).end("secret words of an error page");
  },
  "/wrong-type": ({ response }) => {
    response.writeHead(200, { "content-type": "text/html" }).end(sequence(32));
  },
  "/slow-headers": ({ response, number }) => {
    setTimeout(() => response.end(sequence(32)), number("ms", 1_000)).unref();
  },
  /** One byte every `?ms=20`, `?bytes=32` of them. */
  "/drip": ({ response, number }) => {
    const bytes = number("bytes", 32);
    let sent = 0;
    response.writeHead(200, { "content-length": bytes });
    const timer = setInterval(
      () => {
        response.write(sequence(1));
        if (++sent === bytes) response.end();
      },
      number("ms", 20),
    );
    response.on("close", () => clearInterval(timer));
  },
  /** Some bytes, then nothing. `?sent=0`: headers only. */
  "/stall": ({ response, number }) => {
    response.writeHead(200, { "content-length": 1_000 }).flushHeaders();
    response.write(sequence(number("sent", 10)));
  },
  /** The connection breaks after `?sent=10` bytes; `?chunked=1`: of a body of unknown length. */
  "/cut": ({ response, query, number }) => {
    response.writeHead(200, query.has("chunked") ? {} : { "content-length": 1_000 }).flushHeaders();
    response.write(sequence(number("sent", 10)), () => setTimeout(() => response.socket?.destroy(), 10));
  },
  /** No answer at all to the first `?times=1` requests of `?id=`, then `/ok`. */
  "/refuse": (exchange) => {
    const id = exchange.query.get("id") ?? "";
    const refused = refusals.get(id) ?? 0;
    refusals.set(id, refused + 1);
    if (refused < exchange.number("times", 1)) exchange.request.socket.destroy();
    else ROUTES["/ok"](exchange);
  },
  /** `?picture=1`: behind a picture. */
  "/endless": ({ response, query }) => {
    if (query.has("picture")) response.write(PICTURE);
    const chunk = sequence(65_536);
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on("drain", more);
    more();
  },
  "/redirect": ({ response, query, number }) => {
    const location = query.get("to");
    response.writeHead(number("status", 302), location === null ? {} : { location }).end("moved");
  },
  "/redirect-loop": ({ request, response }) => {
    response.writeHead(302, { location: request.url }).end();
  },
  /** `?hops=n` redirects, then `/ok`. */
  "/redirect-chain": ({ response, number }) => {
    const hops = number("hops", 1);
    response.writeHead(307, { location: hops > 1 ? `/redirect-chain?hops=${hops - 1}` : "/ok" }).end();
  },
  /** `?bytes=` zeros, a thousandth of that on the wire; `?picture=1`: behind a picture. */
  "/gzip-bomb": ({ response, query, number }) => {
    const before = query.has("picture") ? PICTURE : new Uint8Array();
    const body = gzipSync(Buffer.concat([before, new Uint8Array(number("bytes", 10_000_000))]));
    response.writeHead(200, { "content-encoding": "gzip", "content-length": body.length }).end(body);
  },
  /** Declares `?declared=` bytes, sends `?sent=` and closes the connection. */
  "/lying-length": ({ response, number }) => {
    const body = Buffer.from(sequence(number("sent", 10)));
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${number("declared", 100)}\r\nconnection: close\r\n\r\n`;
    response.socket?.end(Buffer.concat([Buffer.from(head), body]));
  },
};

const PICTURE = Buffer.from("R0lGODlhAQABAPAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=", "base64");

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const envelopes = new Map<string, object[]>();
const versions = new Map<string, string>();
const refusals = new Map<string, number>();
