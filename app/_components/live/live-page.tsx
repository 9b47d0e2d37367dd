"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type EventName, listen } from "./event-stream";

interface LivePageProps {
  /** Which events change what the page shows. Has to be the same array on every render. */
  on: readonly EventName[];
  /** Only those that are about this movie. */
  movieId?: string;
  /** Only those that are about this job; also when it has said more. */
  jobId?: string;
  /** The shortest time between two drawings: longer for a page that carries much. */
  atMostEveryMs?: number;
  /** Percentages on the page follow by themselves: it is not drawn anew for those. */
  exceptProgress?: boolean;
  /**
   * Something plays on the page, which goes on without a connection and after a sign-out: the page
   * is not drawn anew before the server said that it would answer this person.
   */
  plays?: boolean;
}

const shortestGapMs = 1000;
const pollEveryMs = 5000;
const longAwayMs = 20_000;
/** As long as a page may take from the server to here: what changed meanwhile it may not show. */
const onItsWayMs = 5000;

/** True while the server answers the person who is signed in here. */
function isSignedIn(): Promise<boolean> {
  return fetch("/api/v1/me", { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * True when the server answers anything at all. The router leaves the page when it can't fetch what
 * is new, and a film that plays on from what is there already would end in the browser's own error.
 */
function isServerThere(): Promise<boolean> {
  return fetch("/api/health", { cache: "no-store" }).then(
    () => true,
    () => false,
  );
}

/**
 * Keeps a page as it is on the server: draws it anew when an event says that something changed, at
 * most once a second (or less often, as the page says) and only while somebody looks at it; when somebody comes back to it; and every
 * 5 seconds while there is no stream.
 */
export function LivePage({
  on,
  movieId,
  jobId,
  exceptProgress = false,
  plays = false,
  atMostEveryMs = shortestGapMs,
}: LivePageProps) {
  const router = useRouter();
  const names = on.join(" ");
  useEffect(() => {
    let last = Date.now();
    let due: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    let missed = false;
    let isStopped = false;
    let hiddenAt = Date.now();
    let wasBroken = false;

    async function refresh() {
      clearTimeout(due);
      due = undefined;
      missed = document.hidden;
      if (missed) return;
      last = Date.now();
      if (plays && !(await isSignedIn())) missed = true;
      else if (!isStopped) router.refresh();
    }
    function refreshSoon() {
      due ??= setTimeout(refresh, Math.max(0, last + atMostEveryMs - Date.now()));
    }
    async function refreshIfThere() {
      if ((await isServerThere()) && !isStopped) refreshSoon();
    }
    function onVisibility() {
      if (document.hidden) {
        hiddenAt = Date.now();
        return;
      }
      // What this person did on another device is told by no event.
      if (missed || Date.now() - hiddenAt > longAwayMs) refreshSoon();
    }

    const stop = listen({
      names: names.split(" ") as EventName[],
      fromMsAgo: onItsWayMs,
      onEvent(name, fields) {
        if (jobId && fields.id !== jobId) return;
        const hasNewLines = jobId !== undefined && "newestLine" in fields;
        if (exceptProgress && fields.progressOnly === true && !hasNewLines) return;
        const about = name === "movie" ? (fields.movieId ?? fields.id) : fields.movieId;
        if (!movieId || about === undefined || about === movieId) refreshSoon();
      },
      onConnection(connected) {
        clearInterval(poll);
        if (!connected) {
          wasBroken = true;
          // What is due would find nobody there, either.
          clearTimeout(due);
          due = undefined;
        }
        poll = connected ? undefined : setInterval(refreshIfThere, pollEveryMs);
        // What happened while nobody listened. A stream that is new tells by itself what changed
        // while the page was on its way.
        if (connected && wasBroken) refreshSoon();
        if (connected) wasBroken = false;
      },
    });
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      isStopped = true;
      stop();
      clearTimeout(due);
      clearInterval(poll);
      document.removeEventListener("visibilitychange", onVisibility);
    };
  }, [router, names, movieId, jobId, exceptProgress, plays, atMostEveryMs]);
  return null;
}
