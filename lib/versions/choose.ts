import type { VersionView } from "./schema";

/** The version that a click on *Play* plays: the largest picture among those that can be played. */
export function bestVersion(versions: readonly VersionView[]): VersionView | null {
  const playable = versions.filter((version) => version.status === "ready" && version.streamUrl);
  return playable.reduce<VersionView | null>(
    (best, version) => (best && (best.height ?? 0) >= (version.height ?? 0) ? best : version),
    null,
  );
}
