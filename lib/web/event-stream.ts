import { type StreamEvent, toldSoFar } from "./stream-thrift";

export type { StreamEvent } from "./stream-thrift";

/** How far a reader has been told: it comes back with it after a dropped connection. */
const idOf = (at: Date) => `id: ${at.getTime()}`;

const pollMs = 1_000;
/** Proxies cut a connection that says nothing. */
const stillHereMs = 20_000;
/** Who was away for longer reads the whole page anew anyway. */
const longestGapMs = 10 * 60_000;

/** As long as a page may take from the server to where it opens its stream. */
const onItsWayMs = 5_000;

/**
 * From when on a reader wants to know what changed: where a dropped stream is taken up again, from
 * what it was told last (Last-Event-ID), which is a moment of our own clock; else since the page
 * that opens it was drawn, so that it need not be drawn anew.
 */
export function sinceOf(lastEventId: string | null, now: Date): Date {
  const told = Number(lastEventId || Number.NaN);
  const gapMs = now.getTime() - told;
  return gapMs >= 0 && gapMs <= longestGapMs
    ? new Date(told)
    : new Date(now.getTime() - onItsWayMs);
}

/**
 * Answers with server-sent events (WHATWG HTML, 9.2). The database is asked once a second for what
 * changed since it was asked before: whoever changed it, in whichever copy of our modules.
 *
 * @param changesSince rows that changed at or after a moment; the same row may come twice.
 */
export function eventStream(options: {
  signal: AbortSignal;
  since: Date;
  now(): Date;
  changesSince(since: Date): StreamEvent[];
}): Response {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let since = options.since;
      const told = toldSoFar();
      let quietSince = options.now();
      const write = (text: string) => {
        controller.enqueue(encoder.encode(text));
        quietSince = options.now();
      };
      const end = () => {
        clearInterval(timer);
        try {
          controller.close();
        } catch {
          // The reader closed it first.
        }
      };
      const look = () => {
        const at = options.now();
        try {
          const news = told.tell(options.changesSince(since));
          since = at;
          // Whoever loses the connection within a look is told all of it again.
          if (news.length > 0) write(`${news.join("\n\n")}\n${idOf(at)}\n\n`);
          if (at.getTime() - quietSince.getTime() > stillHereMs) write(`${idOf(at)}\n\n`);
        } catch {
          // The database closed, since the server stops: the browser comes back by itself.
          end();
        }
      };
      options.signal.addEventListener("abort", end);
      write(`retry: 3000\n${idOf(options.since)}\n\n`);
      timer = setInterval(look, pollMs);
      timer.unref();
    },
    cancel() {
      clearInterval(timer);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}
