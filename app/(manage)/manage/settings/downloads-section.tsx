import { DeadReleasesForm } from "@/app/_components/settings/dead-releases-form";
import { NetworkForm } from "@/app/_components/settings/network-form";
import { QbittorrentForm } from "@/app/_components/settings/qbittorrent-form";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SeedingForm } from "@/app/_components/settings/seeding-form";
import { stateOf } from "@/app/_components/settings/setting-state";
import { SpeedForm } from "@/app/_components/settings/speed-form";
import { loadInterfaces } from "@/lib/downloads/loaders";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** How fast and how long torrents are loaded and seeded, and which qBittorrent does the work. */
export async function DownloadsSection() {
  const [{ values, itemOf }, interfaces, t] = await Promise.all([
    loadSettings(),
    loadInterfaces(),
    words("settings"),
  ]);
  const isOwn = values.qbittorrentUrl === null;
  return (
    <>
      <SectionCard
        title={t("speedTitle")}
        description={t(isOwn ? "speedDescription" : "speedDescriptionExternal")}
      >
        <SpeedForm
          downloadKibibytesPerSecond={values.downloadKibibytesPerSecond}
          uploadKibibytesPerSecond={values.uploadKibibytesPerSecond}
          speedWindows={values.speedWindows}
        />
      </SectionCard>
      <SectionCard title={t("deadTitle")} description={t("deadDescription")}>
        <DeadReleasesForm
          deadMetadataMinutes={values.deadMetadataMinutes}
          deadNoSeedsHours={values.deadNoSeedsHours}
          replaceDeadReleases={values.replaceDeadReleases}
        />
      </SectionCard>
      <SectionCard title={t("seedingTitle")} description={t("seedingDescription")}>
        <SeedingForm ratio={values.seedRatioLimit} days={values.seedDaysLimit} />
      </SectionCard>
      <SectionCard
        title={t("networkTitle")}
        description={t(isOwn ? "networkDescription" : "networkDescriptionExternal")}
      >
        {isOwn && (
          <NetworkForm
            port={values.bittorrentPort}
            interfaceName={values.bittorrentInterface}
            interfaces={interfaces}
          />
        )}
      </SectionCard>
      <SectionCard
        title={t("qbittorrentTitle")}
        description={
          values.qbittorrentUrl === null ? t("qbittorrentIsOwn") : t("qbittorrentIsExternal")
        }
      >
        <QbittorrentForm
          url={values.qbittorrentUrl}
          username={values.qbittorrentUsername}
          pathMap={values.qbittorrentPathMap
            .map(({ remote, local }) => `${remote}=${local}`)
            .join("\n")}
          states={{
            url: stateOf(itemOf("qbittorrentUrl")),
            username: stateOf(itemOf("qbittorrentUsername")),
            password: stateOf(itemOf("qbittorrentPassword")),
            pathMap: stateOf(itemOf("qbittorrentPathMap")),
          }}
        />
      </SectionCard>
    </>
  );
}
