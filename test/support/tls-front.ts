import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { createServer } from "node:tls";
import { type Certificate, selfSigned } from "./certificate.ts";
import type { TlsFronts } from "./provided.ts";
import { localhostCertificate } from "./trusted-certificate.ts";

/** Servers on loopback that speak TLS, and pass on what they hear to one that does not. */
export async function startTlsFronts(port: number): Promise<{ readonly ports: TlsFronts; close(): void }> {
  const servers = [front(localhostCertificate(), port), front(selfSigned("localhost"), port), createTcpServer()];
  const [trusted, stranger, silent] = await Promise.all(servers.map(listen));
  return {
    ports: { trusted, stranger, silent },
    close: () => {
      for (const server of servers) server.close();
    },
  };
}

function front({ key, cert }: Certificate, port: number): Server {
  const server = createServer({ key, cert }, (client) => {
    const inner = connect(port, "127.0.0.1");
    client.pipe(inner).pipe(client);
    for (const [one, other] of [
      [client, inner],
      [inner, client],
    ])
      one.on("error", () => undefined).on("close", () => other.destroy());
  });
  // Whoever does not like the certificate hangs up.
  return server.on("tlsClientError", () => undefined);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return (server.address() as AddressInfo).port;
}
