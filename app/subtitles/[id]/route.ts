import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { subtitleFileForServing } from "@/lib/subtitles/data";
import { servedSubtitle } from "@/lib/subtitles/stored-file";
import { pickLocale } from "@/lib/web/catalogue";
import { fileCaller } from "@/lib/web/file-caller";
import { problemResponse } from "@/lib/web/problem";
import { precondition } from "@/lib/web/range";

/**
 * Subtitles, at /subtitles/{id}.vtt, for people who are signed in, tokens, and tickets. What is
 * sent changes with the delay and the encoding that a person sets, so a browser asks each time and
 * is mostly told that it has the newest.
 */
export async function GET(
  request: Request,
  context: { params: Promise<{ id: string }> },
): Promise<Response> {
  const now = new Date();
  try {
    const db = database();
    const id = /^([0-9a-f]{16})\.vtt$/.exec((await context.params).id)?.[1];
    const ticket = new URL(request.url).searchParams.get("ticket");
    await fileCaller(
      db,
      {
        authorization: request.headers.get("authorization"),
        cookie: request.headers.get("cookie"),
        ticket: ticket && id ? { value: ticket, subject: `subtitles/${id}` } : undefined,
      },
      { env: env(), now },
    );

    const subtitle = id ? subtitleFileForServing(db, id) : undefined;
    const served = subtitle && (await servedSubtitle(db, subtitle, env().mediaDir));
    if (!served) throw new AppError("not-found", { status: 404 });

    const headers = {
      "cache-control": "private, no-cache",
      etag: served.etag,
      "x-content-type-options": "nosniff",
      vary: "cookie, authorization",
    };
    const ifNoneMatch = request.headers.get("if-none-match") ?? undefined;
    if (precondition({ ifNoneMatch }, { etag: served.etag, modifiedAt: now }) === "not-modified") {
      return new Response(null, { status: 304, headers });
    }
    return new Response(served.body, {
      headers: { ...headers, "content-type": "text/vtt; charset=utf-8" },
    });
  } catch (error) {
    return problemResponse(error, {
      locale: pickLocale(request.headers.get("accept-language")),
      requestId: randomId(),
      where: "GET /subtitles",
      now,
    });
  }
}
