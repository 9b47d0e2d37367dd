import { words } from "@/lib/web/words";
import { TabLinks } from "../ui/tabs";

/** What is in preparation, downloads and background work: one place to look when something waits. */
export async function WorkTabs({ current }: { current: string }) {
  const [t, preparing, schedule] = await Promise.all([
    words("nav"),
    words("preparing"),
    words("schedule"),
  ]);
  return (
    <TabLinks
      label={t("work")}
      current={current}
      tabs={[
        { href: "/manage/preparing", label: preparing("tab") },
        { href: "/manage/downloads", label: t("downloads") },
        { href: "/manage/jobs", label: t("jobs") },
        { href: "/manage/schedule", label: schedule("tab") },
      ]}
    />
  );
}
