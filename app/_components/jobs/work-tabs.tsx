import { words } from "@/lib/web/words";
import { TabLinks } from "../ui/tabs";

/** Downloads and background work stand beside each other: one place to look when something waits. */
export async function WorkTabs({ current }: { current: string }) {
  const t = await words("nav");
  return (
    <TabLinks
      label={t("work")}
      current={current}
      tabs={[
        { href: "/manage/downloads", label: t("downloads") },
        { href: "/manage/jobs", label: t("jobs") },
      ]}
    />
  );
}
