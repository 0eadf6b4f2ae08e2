/** The part of Node's module that Workers have and we use (`nodejs_compat`). */
declare module "node:net" {
  export interface Socket {
    once(event: "connect", listener: () => void): this;
    once(event: "error", listener: (cause: Error) => void): this;
  }
  export function connect(options: { readonly host: string; readonly port: number }): Socket;
}
