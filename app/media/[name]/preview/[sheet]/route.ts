import { join } from "node:path";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { isRandomId, randomId } from "@/lib/ids";
import { previewResponse } from "@/lib/versions/preview-response";
import { previewSourceOf } from "@/lib/versions/previews";
import { pickLocale } from "@/lib/web/catalogue";
import { fileCaller } from "@/lib/web/file-caller";
import { problemResponse } from "@/lib/web/problem";

/**
 * Pictures of the seek bar, at /media/{name}/preview/{sheet}.jpg, for whoever may see the film. A
 * sheet is named by what is in it, so a browser may keep it for ever, but no shared cache may.
 */
export async function GET(
  request: Request,
  context: { params: Promise<{ name: string; sheet: string }> },
): Promise<Response> {
  const now = new Date();
  try {
    const db = database();
    const { name, sheet } = await context.params;
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
    const hash = /^([0-9a-f]{16})\.jpg$/.exec(sheet)?.[1];
    const source = hash && isRandomId(name) ? previewSourceOf(db, name) : null;
    if (!source) throw new AppError("not-found", { status: 404 });
    return await previewResponse(request, {
      path: join(env().mediaDir, source.folder, `${hash}.jpg`),
      contentType: "image/jpeg",
      etag: `"${hash}"`,
      cacheControl: "private, max-age=31536000, immutable",
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
