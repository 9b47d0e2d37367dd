import type { Metadata } from "next";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { words } from "@/lib/web/words";
import { ServicesSection } from "./services-section";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("settings"))("title") };
}

/** The list of sections, which is all that a phone shows; beside it how everything is. */
export default async function SettingsPage() {
  const t = await words("settings");
  return (
    <SettingsFrame
      isIndex
      title={t("section.services")}
      description={t("sectionDescription.services")}
    >
      <ServicesSection />
    </SettingsFrame>
  );
}
