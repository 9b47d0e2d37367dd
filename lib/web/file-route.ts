import { type Db, database } from "@/lib/db";
import { type Env, env } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { fileCaller } from "./file-caller";
import { requestLocale } from "./locale";
import { problemResponse } from "./problem";

interface FileRoute<Params> {
  /** For the log, instead of the address, which may hold a ticket: `GET /subtitles`. */
  where: string;
  /** What a ticket for this file is made out to; undefined where none is taken. */
  ticketSubject?: (params: Params) => string | undefined;
  /** Finds the file and answers with it. @throws AppError 404 when it is not there. */
  serve: (asked: {
    request: Request;
    params: Params;
    /** The ticket that it was asked for with, where one is taken. */
    ticket: string | null;
    db: Db;
    env: Env;
    now: Date;
  }) => Promise<Response>;
}

/**
 * A small file outside /api for whoever may see it: a person who is signed in, a token, or the
 * holder of a ticket. Refusals and faults are problem documents in the caller's language.
 */
export function fileRoute<Params>({ where, ticketSubject, serve }: FileRoute<Params>) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    const now = new Date();
    try {
      const db = database();
      const params = await context.params;
      const subject = ticketSubject?.(params);
      const ticket = subject ? new URL(request.url).searchParams.get("ticket") : null;
      await fileCaller(
        db,
        {
          authorization: request.headers.get("authorization"),
          cookie: request.headers.get("cookie"),
          ticket: ticket && subject ? { value: ticket, subject } : undefined,
        },
        { env: env(), now },
      );
      return await serve({ request, params, ticket, db, env: env(), now });
    } catch (error) {
      return problemResponse(error, {
        locale: requestLocale(request.headers),
        requestId: randomId(),
        where,
        now,
      });
    }
  };
}
