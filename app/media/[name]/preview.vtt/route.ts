import { createHash } from "node:crypto";
import { join } from "node:path";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isRandomId, randomId } from "@/lib/ids";
import { previewResponse } from "@/lib/versions/preview-response";
import { withTicket } from "@/lib/versions/preview-track";
import { previewSourceOf, previewTrackName } from "@/lib/versions/previews";
import { pickLocale } from "@/lib/web/catalogue";
import { fileCaller } from "@/lib/web/file-caller";
import { problemResponse } from "@/lib/web/problem";

/** What is sent differs with the ticket, which itself stands in no header. */
function tagOf(set: string, ticket: string | null): string {
  const ending = ticket && createHash("sha256").update(ticket).digest("hex").slice(0, 16);
  return ending ? `"${set}-${ending}"` : `"${set}"`;
}

/**
 * What the seek bar shows, at /media/{name}/preview.vtt, for whoever may see the film. It names the
 * sheets beside it, with the ticket that it was asked for with.
 */
export async function GET(
  request: Request,
  context: { params: Promise<{ name: string }> },
): Promise<Response> {
  const now = new Date();
  try {
    const db = database();
    const { name } = await context.params;
    const ticket = new URL(request.url).searchParams.get("ticket");
    await fileCaller(
      db,
      {
        authorization: request.headers.get("authorization"),
        cookie: request.headers.get("cookie"),
        ticket: ticket ? { value: ticket, subject: name } : undefined,
      },
      { env: env(), now },
    );
    const source = isRandomId(name) ? previewSourceOf(db, name) : null;
    if (!source) throw new AppError("not-found", { status: 404 });
    return await previewResponse(request, {
      path: join(env().mediaDir, source.folder, previewTrackName),
      contentType: "text/vtt; charset=utf-8",
      etag: tagOf(source.set, ticket),
      // Another set may take its place.
      cacheControl: "private, no-cache",
      rewrite: ticket ? (text) => withTicket(text, ticket) : undefined,
    });
  } catch (error) {
    return problemResponse(error, {
      locale: pickLocale(request.headers.get("accept-language")),
      requestId: randomId(),
      where: "GET /media preview",
      now,
    });
  }
}
