import { AppError } from "@/lib/errors";
import { subtitleFileForServing } from "@/lib/subtitles/data";
import { servedSubtitle } from "@/lib/subtitles/stored-file";
import { asItCame } from "@/lib/subtitles/timing";
import { fileRoute } from "@/lib/web/file-route";
import { precondition } from "@/lib/web/range";

const idIn = (name: string) => /^([0-9a-f]{16})\.vtt$/.exec(name)?.[1];

/**
 * Subtitles, at /subtitles/{id}.vtt, for people who are signed in, tokens, and tickets. What is
 * sent changes with the delay, speed and encoding that a person sets, so a browser asks each time and
 * is mostly told that it has the newest. With `?timing=own` neither delay nor speed is applied.
 */
export const GET = fileRoute<{ id: string }>({
  where: "GET /subtitles",
  ticketSubject({ id: name }) {
    const id = idIn(name);
    return id && `subtitles/${id}`;
  },
  async serve({ request, params, db, env, now }) {
    const id = idIn(params.id);
    const subtitle = id ? subtitleFileForServing(db, id) : undefined;
    // The player moves the lines itself, so that a change is seen at once.
    const isAtOwnTimes = new URL(request.url).searchParams.get("timing") === "own";
    const timed = subtitle && { ...subtitle, ...(isAtOwnTimes ? asItCame : {}) };
    const served = timed && (await servedSubtitle(db, timed, env.mediaDir));
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
  },
});
