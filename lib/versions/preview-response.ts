import { readFile } from "node:fs/promises";
import { AppError } from "@/lib/errors";
import { precondition } from "@/lib/web/range";

/** A small file of previews as it is sent. */
export interface PreviewFile {
  /** Absolute. */
  path: string;
  contentType: string;
  /** Strong entity tag with its quotes. */
  etag: string;
  cacheControl: string;
  /** Changes what is sent; the tag then has to tell so. */
  rewrite?: ((text: string) => string) | undefined;
}

/**
 * Answers with a file, or with 304 where the browser has it.
 *
 * @throws AppError 404 when it is not there: somebody emptied the folder.
 */
export async function previewResponse(request: Request, file: PreviewFile): Promise<Response> {
  const headers = {
    "cache-control": file.cacheControl,
    etag: file.etag,
    "x-content-type-options": "nosniff",
    vary: "cookie, authorization",
  };
  const ifNoneMatch = request.headers.get("if-none-match") ?? undefined;
  const validators = { etag: file.etag, modifiedAt: new Date(0) };
  if (precondition({ ifNoneMatch }, validators) === "not-modified") {
    return new Response(null, { status: 304, headers });
  }
  const bytes = await readFile(file.path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new AppError("not-found", { status: 404, cause: error });
  });
  const body = file.rewrite ? file.rewrite(bytes.toString("utf8")) : new Uint8Array(bytes);
  return new Response(body, { headers: { ...headers, "content-type": file.contentType } });
}
