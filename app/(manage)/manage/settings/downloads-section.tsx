import { QbittorrentForm } from "@/app/_components/settings/qbittorrent-form";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SeedingForm } from "@/app/_components/settings/seeding-form";
import { stateOf } from "@/app/_components/settings/setting-state";
import { loadSettings } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";

/** How long torrents are seeded, and which qBittorrent does the work. */
export async function DownloadsSection() {
  const [{ values, itemOf }, t] = await Promise.all([loadSettings(), words("settings")]);
  return (
    <>
      <SectionCard title={t("seedingTitle")} description={t("seedingDescription")}>
        <SeedingForm ratio={values.seedRatioLimit} days={values.seedDaysLimit} />
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
