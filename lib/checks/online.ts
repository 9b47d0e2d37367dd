import type { Reason, UpstreamFault } from "@/lib/errors";
import type { Check } from "./schema";

/** Why a service could not be asked. */
export interface ServiceFault {
  kind: UpstreamFault;
  reason: Reason;
}

export interface TmdbFacts {
  hasKey: boolean;
  elapsedMs: number;
  fault: ServiceFault | null;
}

/** Whether titles and pictures can be fetched. */
export function checkTmdb({ hasKey, elapsedMs, fault }: TmdbFacts): Check {
  const about = { area: "tmdb", name: "tmdb", href: "/manage/settings/metadata" } as const;
  if (!hasKey) return { ...about, state: "look", told: "tmdb-none" };
  if (!fault) {
    const values = { milliseconds: Math.round(elapsedMs) };
    return { ...about, state: "fine", told: "tmdb-fine", values };
  }
  if (fault.kind === "credentials") return { ...about, state: "broken", told: "tmdb-refused" };
  return { ...about, state: "broken", told: "tmdb-down", detail: fault.reason };
}

export interface OpenSubtitlesFacts {
  hasKey: boolean;
  hasAccount: boolean;
  fault: ServiceFault | null;
  /** Null where there is no account, or it was not told. */
  quota: { remaining: number; allowed: number; resetAt: Date | null } | null;
  now: Date;
}

/** Whether subtitles can be fetched, and how many more today. */
export function checkOpenSubtitles(facts: OpenSubtitlesFacts): Check {
  const { fault, quota } = facts;
  const href = "/manage/settings/subtitles";
  const about = { area: "opensubtitles", name: "opensubtitles", href } as const;
  if (!facts.hasKey) return { ...about, state: "fine", told: "opensubtitles-none" };
  if (fault?.kind === "credentials") {
    return { ...about, state: "broken", told: "opensubtitles-refused" };
  }
  if (fault) return { ...about, state: "broken", told: "opensubtitles-down", detail: fault.reason };
  if (!facts.hasAccount || !quota) {
    const told = facts.hasAccount ? "opensubtitles-fine" : "opensubtitles-key-alone";
    return { ...about, state: "fine", told };
  }
  const leftMs = quota.resetAt ? quota.resetAt.getTime() - facts.now.getTime() : 0;
  const hours = Math.max(1, Math.ceil(leftMs / 3_600_000));
  const values = { remaining: quota.remaining, allowed: quota.allowed, hours };
  return quota.remaining > 0
    ? { ...about, state: "fine", told: "opensubtitles-quota", values }
    : { ...about, state: "look", told: "opensubtitles-used-up", values };
}
