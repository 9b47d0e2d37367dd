import { AppError } from "@/lib/errors";

/** A file that came with a form. */
export interface UploadedFile {
  /** As the browser calls it: never used as a path. */
  name: string;
  type: string;
  bytes: Buffer;
}

/** The part before the parameters, in lower case; empty when there is none. */
export function mediaType(headers: Pick<Headers, "get">): string {
  return (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/**
 * Reads a body up to a limit, whatever Content-Length says.
 *
 * @throws AppError 413 when there is more; 400 when the connection broke off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer> {
  const tooLarge = () =>
    new AppError("body-too-large", { status: 413, values: { megabytes: maxBytes / 1_048_576 } });
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    await request.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError("body-cut-off", { status: 400, cause });
    });
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks, length);
}

/** Text of a body as JSON. @throws AppError 400. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new AppError("body-not-json", { status: 400, cause });
  }
}

/**
 * A multipart body (RFC 7578): its text fields and its files by name, the first of each name.
 *
 * @param names of the files that are expected; others are not read.
 * @throws AppError 400 when it cannot be read as a form.
 */
export async function parseForm(
  body: Buffer,
  contentType: string,
  names: readonly string[],
): Promise<{ fields: Record<string, string>; files: Record<string, UploadedFile> }> {
  const form = await new Response(new Uint8Array(body), {
    headers: { "content-type": contentType },
  })
    .formData()
    .catch((cause: unknown) => {
      throw new AppError("body-not-form", { status: 400, cause });
    });
  const fields: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  for (const [name, value] of form) {
    if (typeof value === "string") {
      if (!Object.hasOwn(fields, name)) fields[name] = value;
    } else if (names.includes(name) && !files[name]) {
      const bytes = Buffer.from(await value.arrayBuffer());
      // A file field that was left empty is sent as a nameless file of no bytes.
      if (value.name !== "" || bytes.length > 0) {
        files[name] = { name: value.name, type: value.type, bytes };
      }
    }
  }
  return { fields, files };
}
