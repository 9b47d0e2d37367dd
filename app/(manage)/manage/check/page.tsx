import type { Metadata } from "next";
import { ChecksPage } from "@/app/_components/checks/checks-page";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { loadChecks } from "@/lib/checks/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("checks"))("title") };
}

export default async function CheckPage() {
  const [checks, t] = await Promise.all([loadChecks(), words("checks")]);
  return (
    <SettingsFrame title={t("title")} description={t("description")}>
      <ChecksPage {...checks} />
    </SettingsFrame>
  );
}
