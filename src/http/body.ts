import { HttpError } from "../error.ts";

/**
 * The whole body, counted while it arrives, whatever its declared length says.
 * @throws HttpError 413 body_too_large; 400 invalid_parameter where it breaks off
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of whole(request.body)) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  if (declared > size) throw brokenOff();
  return joined(chunks, size);
}

async function* whole(body: ReadableStream<Uint8Array> | null): AsyncIterable<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } catch (cause) {
    throw brokenOff(cause);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

const tooLarge = (maxBytes: number) =>
  new HttpError(413, "body_too_large", `Cannot take a body of that size: expected at most ${maxBytes} bytes`);

const brokenOff = (cause?: unknown) =>
  new HttpError(400, "invalid_parameter", "Cannot read the body: it broke off", { cause });
