import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { storedPicture } from "@/lib/movies/cards";
import { fileRoute } from "@/lib/web/file-route";
import { precondition } from "@/lib/web/range";

/**
 * Pictures, at /images/{id}/{width}.webp, for people who are signed in. A stored picture never
 * changes (another one has another id), so a browser may keep it for ever, but no shared cache may.
 */
export const GET = fileRoute<{ path: string[] }>({
  where: "GET /images",
  async serve({ request, params, db, env }) {
    const address = /^([0-9a-f]{16})\/(\d{1,5})\.webp$/.exec(params.path.join("/"));
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
    const bytes = await readPicture(join(env.imagesDir, picture.relativePath));
    return new Response(bytes, { headers: { ...headers, "content-type": "image/webp" } });
  },
});

async function readPicture(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new AppError("not-found", { status: 404, cause: error });
  }
}
