import { Refusal, refusalOf } from "./problem.ts";

/** A picture that arrived, decoded and ready to be shown. */
export interface Rendering {
  readonly address: string;
  readonly image: HTMLImageElement;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mime: string;
  /** `X-Cache`: where it came from. */
  readonly cache: string;
  /** From the question to the last byte, as seen from here. */
  readonly ms: number;
  /** `Server-Timing`. */
  readonly timing: Timing;
}

export interface Timing {
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
  readonly road: string | undefined;
}

/** The browser's own cache is passed over: time and `X-Cache` are to be those of the service. */
export async function render(address: string, signal: AbortSignal): Promise<Rendering> {
  const start = performance.now();
  const response = await fetch(address, { signal, cache: "no-store" });
  if (!response.ok) throw await refusalOf(response);
  const blob = await response.blob();
  const ms = performance.now() - start;
  const image = await decode(blob);
  return {
    ...{ address, image, ms, bytes: blob.size, mime: blob.type },
    ...{ width: image.naturalWidth, height: image.naturalHeight },
    cache: response.headers.get("x-cache") ?? "",
    timing: parseTiming(response.headers.get("server-timing") ?? ""),
  };
}

async function decode(blob: Blob): Promise<HTMLImageElement> {
  const image = new Image();
  const url = URL.createObjectURL(blob);
  image.src = url;
  try {
    await image.decode();
  } catch {
    throw new Refusal({ title: "Made, but this browser cannot show it", detail: `It came as ${blob.type}.` });
  } finally {
    URL.revokeObjectURL(url); // the element keeps what it has read
  }
  return image;
}

/** `read;dur=1.5, road;desc="jpg > jpg"` (W3C Server Timing §3). */
export function parseTiming(header: string): Timing {
  const steps = [...header.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([, name, ms]) => ({ name, ms: Number(ms) }));
  return { steps, road: /road;desc="([^"]*)"/.exec(header)?.[1] };
}
