import { UpstreamError } from "@/lib/errors";
import { type FetchedAnswer, parseJson } from "@/lib/services/http";
import { isHtml, resetOf } from "./answers";
import { isAcceptedAddress } from "./hosts";
import { shownFileName } from "./map";
import type { Session } from "./session";
import type { Transport } from "./transport";
import { wireDownload } from "./wire";

export interface DownloadedSubtitle {
  /** As they came, not empty, at most 2 MB. */
  bytes: Buffer;
  /** For people to see, never a path. */
  fileName: string;
  /** Downloads left today; null when the answer did not tell. */
  remaining: number | null;
  /** When they are renewed. */
  resetAt: Date;
}

interface Link {
  url: string;
  fileName: string;
  remaining: number | null;
  resetAt: Date;
  askedAtMs: number;
}

interface DownloadOptions {
  apiUrl: string;
  userAgent: string;
  transport: Transport;
  session: Session;
  now: () => Date;
  /** POST /download, which is what the quota is charged for. */
  ask: (fileId: number, signal?: AbortSignal) => Promise<FetchedAnswer>;
}

const subtitleMaxBytes = 2 * 1024 * 1024;
/** A link is good for three hours. */
const linkLifeMs = 2 * 3_600_000;

/**
 * The two steps of a download: asking for a link, which is charged, and fetching it, which is not.
 * A link whose fetching failed is kept, so that the next try does not cost another download.
 */
export function createDownload(
  options: DownloadOptions,
): (fileId: number, signal?: AbortSignal) => Promise<DownloadedSubtitle> {
  const { apiUrl, session, now } = options;
  const links = new Map<number, Link>();

  async function askForLink(fileId: number, signal?: AbortSignal): Promise<Link> {
    try {
      const wire = parseJson("opensubtitles", await options.ask(fileId, signal), wireDownload);
      const link: Link = {
        url: wire.link,
        fileName: shownFileName(wire.file_name),
        remaining: wire.remaining == null ? null : Math.max(0, wire.remaining),
        resetAt: resetOf(wire.reset_time_utc, now()),
        askedAtMs: now().getTime(),
      };
      links.set(fileId, link);
      if (link.remaining !== null) {
        session.noteQuota({ remaining: link.remaining, resetAt: link.resetAt });
      }
      return link;
    } catch (error) {
      if (error instanceof UpstreamError && error.fault === "quota") {
        const { retryAt } = error.options;
        session.setQuotaResetAt(retryAt ?? null);
        if (retryAt) session.noteQuota({ remaining: 0, resetAt: retryAt });
      }
      throw error;
    }
  }

  /** No key goes along: a link is its own permission, and leads to another host. */
  async function fetchLink(link: Link, signal?: AbortSignal): Promise<Buffer> {
    if (!isAcceptedAddress(link.url, apiUrl)) {
      throw new UpstreamError("opensubtitles", "broken", "named a link on a host not its own");
    }
    const answer = await options.transport
      .send(link.url, {
        headers: { accept: "*/*", "user-agent": options.userAgent },
        maxBytes: subtitleMaxBytes,
        mayFollow: (_, to) => isAcceptedAddress(to.href, apiUrl),
        signal,
      })
      .catch((error: unknown) => {
        // Status 200 and yet an error: more than a subtitle can be.
        const isTooLarge = error instanceof UpstreamError && error.options.status === 200;
        throw isTooLarge ? unusable("a subtitle of more than 2 MB") : error;
      });
    if (answer.body.length === 0) throw unusable("an empty file");
    if (isHtml(answer)) {
      throw new UpstreamError("opensubtitles", "broken", "a web page in place of a subtitle");
    }
    return answer.body;
  }

  return async (fileId, signal) => {
    const remembered = links.get(fileId);
    const isUsable = remembered && now().getTime() - remembered.askedAtMs < linkLifeMs;
    const retryAt = session.quotaResetAt();
    if (retryAt && !isUsable) {
      throw new UpstreamError("opensubtitles", "quota", "downloads are used up", { retryAt });
    }
    let link = isUsable ? remembered : await askForLink(fileId, signal);
    let bytes: Buffer;
    try {
      bytes = await fetchLink(link, signal);
    } catch (error) {
      if (!(error instanceof UpstreamError) || error.options.status !== 410) throw error;
      // A link that is gone: one more is asked for, and no third.
      links.delete(fileId);
      link = await askForLink(fileId, signal);
      bytes = await fetchLink(link, signal);
    }
    links.delete(fileId);
    return { bytes, fileName: link.fileName, remaining: link.remaining, resetAt: link.resetAt };
  };
}

/** Charged, and of no use: another candidate has to be taken. */
function unusable(what: string): UpstreamError {
  return new UpstreamError("opensubtitles", "not-found", `the link led to ${what}`);
}
