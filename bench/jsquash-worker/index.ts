import decoderModule from "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm";
import encoderModule from "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm";
import decode, { init as startDecoder } from "@jsquash/jpeg/decode.js";
import encode, { init as startEncoder } from "@jsquash/jpeg/encode.js";
import resize, { initResize } from "@jsquash/resize";
import resizeModule from "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm";
import { Pixels } from "../contender/pixels.ts";

interface Env {
  readonly SOURCE: import("@cloudflare/workers-types").R2Bucket;
}

let started: Promise<unknown> | undefined;

const start = () => Promise.all([startDecoder(decoderModule), startEncoder(encoderModule), initResize(resizeModule)]);

/** `GET /photo.jpg?w=300`: what a Worker does that is made of jSquash alone. */
export default {
  async fetch(request: Request, { SOURCE }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const object = await SOURCE.get(pathname.slice(1));
    if (!object) return new Response("nothing here", { status: pathname === "/healthcheck" ? 200 : 404 });
    globalThis.ImageData ??= Pixels;
    started ??= start();
    await started;
    const pixels = await decode(await object.arrayBuffer());
    const width = Number(searchParams.get("w"));
    const size = { width, height: Math.round((pixels.height * width) / pixels.width) };
    const scaled = await resize(pixels, { ...size, method: "lanczos3", premultiply: false, linearRGB: false });
    return new Response(await encode(scaled, { quality: 80, progressive: false }));
  },
};
