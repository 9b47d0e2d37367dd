import { createHash } from "node:crypto";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { isRandomId } from "@/lib/ids";
import { previewResponse } from "@/lib/versions/preview-response";
import { withTicket } from "@/lib/versions/preview-track";
import { previewSourceOf, previewTrackName } from "@/lib/versions/previews";
import { fileRoute } from "@/lib/web/file-route";

/** What is sent differs with the ticket, which itself stands in no header. */
function tagOf(set: string, ticket: string | null): string {
  const ending = ticket && createHash("sha256").update(ticket).digest("hex").slice(0, 16);
  return ending ? `"${set}-${ending}"` : `"${set}"`;
}

/**
 * What the seek bar shows, at /media/{name}/preview.vtt, for whoever may see the film. It names the
 * sheets beside it, with the ticket that it was asked for with.
 */
export const GET = fileRoute<{ name: string }>({
  where: "GET /media preview",
  ticketSubject: ({ name }) => name,
  async serve({ request, params: { name }, ticket, db, env }) {
    const source = isRandomId(name) ? previewSourceOf(db, name) : null;
    if (!source) throw new AppError("not-found", { status: 404 });
    return await previewResponse(request, {
      path: join(env.mediaDir, source.folder, previewTrackName),
      contentType: "text/vtt; charset=utf-8",
      etag: tagOf(source.set, ticket),
      // Another set may take its place.
      cacheControl: "private, no-cache",
      rewrite: ticket ? (text) => withTicket(text, ticket) : undefined,
    });
  },
});
