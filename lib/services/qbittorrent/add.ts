import { setTimeout as wait } from "node:timers/promises";
import { UpstreamError } from "@/lib/errors";
import type { AddRequest, AddResult, Qbittorrent } from "./contract";
import { oneTag } from "./keys";
import type { Torrent } from "./map";
import { type PathPair, toRemote } from "./paths";
import type { QbittorrentSession } from "./session";
import { wireAddAnswer } from "./wire";

const sendTimeoutMs = 30_000;
/** After "Ok." it takes most often less than a second until a torrent is listed. */
const listTimeoutMs = 15_000;
const listPauseMs = 250;

/**
 * POST torrents/add, and all that goes with it: no version up to 5.1 says what was added, the list
 * lags behind, and "already there" looks like "not a torrent".
 */
export async function addTorrent(
  session: QbittorrentSession,
  helpers: Pick<Qbittorrent, "findByTag" | "findByHash"> & { pathMap: PathPair[] },
  request: AddRequest,
): Promise<AddResult> {
  const answer = await session.send({
    method: "POST",
    path: "/torrents/add",
    body: formOf(request, helpers.pathMap),
    timeoutMs: sendTimeoutMs,
    signal: request.signal,
    accepts: [409, 415],
    isRepeatable: false,
  });
  if (answer.status === 415) {
    throw new UpstreamError("qbittorrent", "refused", "is no torrent to it", { status: 415 });
  }
  if (answer.status === 409 || isFailure(answer.body.toString("utf8"))) {
    // An answer may have been lost on the way: what carries our tag is what we added.
    const own = await helpers.findByTag(request.tag);
    if (own) return { torrent: own, isDuplicate: false };
    const other = await helpers.findByHash(request);
    if (other) return { torrent: other, isDuplicate: true };
    throw new UpstreamError("qbittorrent", "refused", "did not add it", { status: 409 });
  }
  return { torrent: await listed(helpers.findByTag, request), isDuplicate: false };
}

async function listed(
  findByTag: Qbittorrent["findByTag"],
  { tag, signal }: AddRequest,
): Promise<Torrent> {
  const giveUpAt = performance.now() + listTimeoutMs;
  while (performance.now() < giveUpAt) {
    const torrent = await findByTag(tag);
    if (torrent) return torrent;
    await wait(listPauseMs, undefined, { signal });
  }
  throw new UpstreamError("qbittorrent", "timeout", "took a torrent but does not list it");
}

function formOf(request: AddRequest, pathMap: PathPair[]): FormData {
  if (!request.savePath.startsWith("/")) throw new TypeError("the save path is not absolute");
  const form = new FormData();
  if (request.torrentFile) {
    form.set("torrents", new File([Uint8Array.from(request.torrentFile)], "vigilio.torrent"));
    // 4.5 does not keep a stop condition for uploads, so it is stopped from the start; version 5
    // knows the second spelling.
    form.set("paused", "true");
    form.set("stopped", "true");
  } else {
    // Anything else qBittorrent would fetch by itself, files on its disk included.
    if (!/^magnet:\?[^\r\n]+$/i.test(request.magnet ?? "")) throw new TypeError("not a magnet");
    form.set("urls", request.magnet ?? "");
    form.set("stopCondition", "MetadataReceived");
    form.set("paused", "false");
    form.set("stopped", "false");
  }
  form.set("savepath", toRemote(request.savePath, pathMap));
  // Else a person's own settings decide where and how it is laid out.
  form.set("autoTMM", "false");
  form.set("useDownloadPath", "false");
  form.set("contentLayout", "Original");
  form.set("category", request.category);
  form.set("tags", oneTag(request.tag));
  if (request.sequential) form.set("sequentialDownload", "true");
  return form;
}

/** `Fails.` up to 5.1; from 5.2 on counts in JSON. */
function isFailure(text: string): boolean {
  if (text.trim() === "Fails.") return true;
  const counts = wireAddAnswer.safeParse(text);
  return counts.success && counts.data.success_count === 0 && counts.data.pending_count === 0;
}
