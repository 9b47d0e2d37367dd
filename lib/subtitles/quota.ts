import type { KnownQuota } from "@/lib/services/opensubtitles/session";
import type { QuotaView } from "./schema";

/** As pages show it; null where it is not known. */
export function toQuotaView(known: KnownQuota | null | undefined): QuotaView | null {
  return known ? { remaining: known.remaining, resetAt: known.resetAt.toISOString() } : null;
}
