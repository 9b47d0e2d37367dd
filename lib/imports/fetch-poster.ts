import { createHash } from "node:crypto";
import { AppError, UpstreamError } from "@/lib/errors";
import { isRandomId } from "@/lib/ids";
import { smallPicture } from "@/lib/movies/pictures";
import { type ImageContext, keptPicture, pictureWidth } from "@/lib/sources/fetch-image";
import { posterPathOf } from "./data";

/**
 * The poster of the film that a file was taken for, small. It is fetched when somebody looks at it,
 * and kept for a day.
 *
 * @throws AppError 404 when there is none.
 */
export async function importPoster(context: ImageContext, fileId: string): Promise<Buffer> {
  const path = isRandomId(fileId) ? posterPathOf(context.db, fileId) : null;
  const tmdb = context.services.tmdb();
  if (!path || !tmdb) throw new AppError("not-found", { status: 404 });
  const id = createHash("sha256").update(`tmdb ${path}`).digest("hex").slice(0, 16);
  return keptPicture(context, id, async () => {
    try {
      return await smallPicture((await tmdb.image(path, "w185")).bytes, pictureWidth);
    } catch (error) {
      // No picture is worth an error: its place stays empty.
      if (error instanceof UpstreamError) return Buffer.alloc(0);
      throw error;
    }
  });
}
