import type { UpstreamFault } from "@/lib/errors";
import type { Check } from "./schema";
import { quoted } from "./shell-text";

export interface QbittorrentFacts {
  kind: "own" | "external";
  /** Of its address, without the rest of it; null while Vigilio's own is not up. */
  host: string | null;
  /** Where qbittorrent-nox lies; null when it is not installed. Of Vigilio's own alone. */
  binaryPath: string | null;
  /** Why it could not be asked; null when it could. */
  fault: UpstreamFault | null;
  elapsedMs: number;
  version: string | null;
  isSupported: boolean;
  folder: FolderProofFacts | null;
}

interface FolderProofFacts {
  /** As Vigilio calls it, and as qBittorrent does. */
  local: string;
  remote: string;
  /** Null when both directions were proven. */
  fault: "unseen" | "read-only" | null;
}

const area = "qbittorrent";
const settings = "/manage/settings/downloads";

/** Whether qBittorrent is there, lets Vigilio in, is new enough, and means the same folder. */
export function checkQbittorrent(facts: QbittorrentFacts): Check[] {
  const reached = checkReached(facts);
  if (reached.state !== "fine") return [reached];
  const checks = [reached, checkSignIn(facts)];
  if (facts.version !== null) checks.push(checkVersion(facts.version, facts.isSupported));
  if (facts.folder) checks.push(checkFolder(facts.folder));
  return checks;
}

/** Faults of something that answers: it is there, and what it says is told by the next check. */
const answers: readonly UpstreamFault[] = ["credentials", "rate-limited", "refused"];

function checkReached(facts: QbittorrentFacts): Check {
  const { kind, fault, elapsedMs } = facts;
  const name = "qbittorrent-reached";
  if (!fault || answers.includes(fault)) {
    const values = { kind, host: facts.host ?? "", milliseconds: Math.round(elapsedMs) };
    return { area, name, state: "fine", told: "qbittorrent-reached", values };
  }
  if (kind === "own") {
    if (facts.binaryPath === null) {
      const command = "sudo apt-get install qbittorrent-nox";
      return { area, name, state: "broken", told: "qbittorrent-missing", command };
    }
    return { area, name, state: "broken", told: "qbittorrent-not-up" };
  }
  const values = { host: facts.host ?? "" };
  const isSilent = fault === "unreachable" || fault === "timeout";
  const told = isSilent ? "qbittorrent-silent" : "qbittorrent-odd";
  return { area, name, state: "broken", told, values, href: settings };
}

function checkSignIn({ fault }: QbittorrentFacts): Check {
  const name = "qbittorrent-signed-in";
  if (!fault) return { area, name, state: "fine", told: "qbittorrent-signed-in" };
  const told = {
    credentials: "qbittorrent-refused",
    "rate-limited": "qbittorrent-banned",
  }[fault as string];
  return { area, name, state: "broken", told: told ?? "qbittorrent-host-refused", href: settings };
}

function checkVersion(version: string, isSupported: boolean): Check {
  const about = { area, name: "qbittorrent-version", values: { version } } as const;
  return isSupported
    ? { ...about, state: "fine", told: "qbittorrent-version" }
    : { ...about, state: "broken", told: "qbittorrent-old" };
}

function checkFolder({ local, remote, fault }: FolderProofFacts): Check {
  const about = { area, name: "qbittorrent-folder", values: { local, remote } } as const;
  if (fault === "unseen") {
    return { ...about, state: "broken", told: "qbittorrent-folder-unseen", href: settings };
  }
  if (fault === "read-only") {
    const command = `sudo chmod -R a+rwX ${quoted(local)}`;
    return { ...about, state: "broken", told: "qbittorrent-folder-read-only", command };
  }
  return { ...about, state: "fine", told: "qbittorrent-folder" };
}
