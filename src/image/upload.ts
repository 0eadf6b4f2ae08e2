import type { App, Context } from "../app.ts";
import { HttpError } from "../error.ts";
import { readBody } from "../http/body.ts";
import { boundaryOf, type Part, parseMultipart } from "../http/multipart.ts";
import { verifyDecodable } from "../picture/opened.ts";
import type { Place } from "../storage/place.ts";
import { verifyWriter } from "./permission.ts";
import { removeChildren } from "./remove.ts";
import { parsePath } from "./source-path.ts";

/** `POST /upload`: field `data` is a picture, kept under its base name as it is (picfit.md 1.1). */
export async function upload(request: Request, app: App, context: Context): Promise<Response> {
  await verifyWriter(request, app.config.enable.upload, app);
  const storage = app.source?.writer;
  if (!app.source || !storage)
    throw new HttpError(403, "route_disabled", "Cannot upload: no source storage that can be written is configured");
  const { bytes, filename } = await readFile(request, app.config.limits.maxUploadBytes);
  const path = parsePath(baseName(filename ?? ""));
  const { limits, maxImageDimensions } = app.config;
  const keep = async () => {
    const mime = await verifyDecodable(bytes, { limits, maxImageDimensions, budget: app.budget });
    await storage.put(path, bytes, { mime, metadata: {} });
    await removeChildren(path, app, context);
  };
  const kept = keep();
  // Should the client leave: a job that stops half-way would never give back its part of the budget.
  context.waitUntil(kept.catch(() => undefined));
  await kept;
  return Response.json(located(app.source.place, path), { headers: { "cache-control": "no-store" } });
}

async function readFile(request: Request, maxBytes: number): Promise<Part> {
  const type = request.headers.get("content-type") ?? "";
  if (type === "") throw new HttpError(400, "invalid_parameter", "Empty Content-Type");
  if (!/^multipart\/form-data\s*;/i.test(type))
    throw new HttpError(400, "invalid_parameter", "Unsupported Content-Type: expected multipart/form-data");
  const parts = parseMultipart(await readBody(request, maxBytes), boundaryOf(type));
  const file = parts.find(({ name }) => name === "data");
  if (!file)
    throw new HttpError(400, "invalid_parameter", "Cannot find the picture: expected a file in the field data");
  return file;
}

/** Whatever folder the client's machine had it in is of no concern. */
function baseName(filename: string): string {
  const name = filename.split(/[/\\]/).at(-1) ?? "";
  if (name === "") throw new HttpError(400, "invalid_parameter", "Cannot name the picture: expected a file name");
  return name;
}

const located = (place: Place, path: string) => ({
  filename: path,
  path: place.fullPath(path),
  url: place.publicUrl(path) ?? "",
});
