import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { storedPicture } from "@/lib/movies/cards";
import { pickLocale } from "@/lib/web/catalogue";
import { fileCaller } from "@/lib/web/file-caller";
import { problemResponse } from "@/lib/web/problem";
import { precondition } from "@/lib/web/range";

/**
 * Pictures, at /images/{id}/{width}.webp, for people who are signed in. A stored picture never
 * changes (another one has another id), so a browser may keep it for ever, but no shared cache may.
 */
export async function GET(
  request: Request,
  context: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const now = new Date();
  try {
    const authorization = request.headers.get("authorization");
    const cookie = request.headers.get("cookie");
    const db = database();
    await fileCaller(db, { authorization, cookie }, { env: env(), now });

    const address = /^([0-9a-f]{16})\/(\d{1,5})\.webp$/.exec((await context.params).path.join("/"));
    const [, id = "", width = ""] = address ?? [];
    const picture = address && storedPicture(db, { id, width: Number(width) });
    if (!picture) throw new AppError("not-found", { status: 404 });

    const headers = {
      "cache-control": "private, max-age=31536000, immutable",
      etag: `"${id}-${width}"`,
      "x-content-type-options": "nosniff",
      vary: "cookie, authorization",
    };
    const ifNoneMatch = request.headers.get("if-none-match") ?? undefined;
    const validators = { etag: headers.etag, modifiedAt: picture.createdAt };
    if (precondition({ ifNoneMatch }, validators) === "not-modified") {
      return new Response(null, { status: 304, headers });
    }
    const bytes = await readPicture(join(env().imagesDir, picture.relativePath));
    return new Response(bytes, { headers: { ...headers, "content-type": "image/webp" } });
  } catch (error) {
    return problemResponse(error, {
      locale: pickLocale(request.headers.get("accept-language")),
      requestId: randomId(),
      where: "GET /images",
      now,
    });
  }
}

async function readPicture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new AppError("not-found", { status: 404, cause: error });
  }
}
