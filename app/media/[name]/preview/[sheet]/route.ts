import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { isRandomId } from "@/lib/ids";
import { previewResponse } from "@/lib/versions/preview-response";
import { previewSourceOf } from "@/lib/versions/previews";
import { fileRoute } from "@/lib/web/file-route";

/**
 * Pictures of the seek bar, at /media/{name}/preview/{sheet}.jpg, for whoever may see the film. A
 * sheet is named by what is in it, so a browser may keep it for ever, but no shared cache may.
 */
export const GET = fileRoute<{ name: string; sheet: string }>({
  where: "GET /media preview",
  ticketSubject: ({ name }) => name,
  async serve({ request, params: { name, sheet }, db, env }) {
    const hash = /^([0-9a-f]{16})\.jpg$/.exec(sheet)?.[1];
    const source = hash && isRandomId(name) ? previewSourceOf(db, name) : null;
    if (!source) throw new AppError("not-found", { status: 404 });
    return await previewResponse(request, {
      path: join(env.mediaDir, source.folder, `${hash}.jpg`),
      contentType: "image/jpeg",
      etag: `"${hash}"`,
      cacheControl: "private, max-age=31536000, immutable",
    });
  },
});
