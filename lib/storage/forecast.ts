import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db";
import type { StorageView, VolumeView } from "./schema";
import type { Volume } from "./volumes";

/** Kept free on every disk for everything else. */
const reserveBytes = 512 * 1024 ** 2;
/** A smaller version is about half of what it is made of, at the most. */
const smallerShare = 0.5;

interface Running {
  state: string;
  progress: number;
  sizeBytes: number | null;
}

interface Made {
  sourceKind: string;
  sourceBytes: number | null;
  madeFromBytes: number | null;
  planKind: string | null;
}

/** Downloads that are not complete, outside the bin. */
function runningDownloads(db: Db): Running[] {
  return db.all<Running>(sql`
    select d.state, d.progress, d.size_bytes as "sizeBytes"
    from downloads d join movies m on m.id = d.movie_id
    where d.completed_at is null and d.state <> 'failed' and m.binned_at is null
      and d.version_id not in (select subject_id from bin_entries)`);
}

/** Playable files that are still to be made of what is there. */
function filesToMake(db: Db): Made[] {
  return db.all<Made>(sql`
    select v.source_kind as "sourceKind", v.source_size_bytes as "sourceBytes",
      o.size_bytes as "madeFromBytes", json_extract(v.plan, '$.kind') as "planKind"
    from versions v join movies m on m.id = v.movie_id
    left join versions o on o.id = v.made_from_id
    where v.status in ('queued', 'processing') and m.binned_at is null
      and v.id not in (select subject_id from bin_entries)`);
}

function neededToMake({ sourceKind, sourceBytes, madeFromBytes, planKind }: Made): number {
  // It gets another name, and no second copy.
  if (planKind === "as-is") return 0;
  const from = madeFromBytes ?? sourceBytes ?? 0;
  return Math.round(sourceKind === "smaller" ? from * smallerShare : from);
}

const remainingOf = ({ sizeBytes, progress }: Running) =>
  Math.round((sizeBytes ?? 0) * (1 - Math.min(1, Math.max(0, progress))));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

export type Forecast = StorageView["forecast"] & {
  /** What of running downloads is there already. */
  downloadedBytes: number;
};

/** What everything that is running will need, at the most. */
export function forecastOf(db: Db): Forecast {
  const all = runningDownloads(db);
  const paused = all.filter(({ state }) => state === "paused");
  const active = all.filter(({ state }) => state !== "paused");
  const made = filesToMake(db);
  // What a film needs to be played is known once it is there; until then it may be all of it again.
  const later = sum(active.map(({ sizeBytes }) => sizeBytes ?? 0));
  return {
    downloads: active.length,
    remainingBytes: sum(active.map(remainingOf)),
    unknownSizes: active.filter(({ sizeBytes }) => sizeBytes === null).length,
    pausedBytes: sum(paused.map(remainingOf)),
    conversions: made.length,
    conversionBytes: sum(made.map(neededToMake)) + later,
    downloadedBytes: sum(all.map((one) => (one.sizeBytes ?? 0) - remainingOf(one))),
  };
}

/** What a disk will have to take of it, and whether that fits. */
export function needOn(
  volume: Volume,
  forecast: Forecast,
): Pick<VolumeView, "neededBytes" | "fits"> {
  const { folders, freeBytes } = volume;
  const downloads = folders.includes("downloads") ? forecast.remainingBytes : 0;
  const media = folders.includes("media") ? forecast.conversionBytes : 0;
  const neededBytes = downloads + media;
  return { neededBytes, fits: neededBytes === 0 || neededBytes + reserveBytes <= freeBytes };
}
