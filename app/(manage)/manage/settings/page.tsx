import type { Metadata } from "next";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { loadServiceChecks } from "@/lib/settings/loaders";
import { words } from "@/lib/web/words";
import { ServicesSection } from "./services-section";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("settings"))("title") };
}

/** The list of sections, which is all that a phone shows; beside it how everything is. */
export default async function SettingsPage() {
  const [t, checks] = await Promise.all([words("settings"), loadServiceChecks()]);
  const broken = checks.filter(({ ok }) => !ok).length;
  return (
    <SettingsFrame
      isIndex
      troubles={broken > 0 ? { services: t("troubles", { count: broken }) } : {}}
      title={t("section.services")}
      description={t("sectionDescription.services")}
    >
      <ServicesSection />
    </SettingsFrame>
  );
}
