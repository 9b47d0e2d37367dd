import type { Metadata } from "next";
import { ChecksPage } from "@/app/_components/checks/checks-page";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { loadChecks } from "@/lib/checks/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("settings"))("title") };
}

/** The list of sections, which is all that a phone shows; beside it how everything is. */
export default async function SettingsPage() {
  const [checks, settings, t] = await Promise.all([
    loadChecks(),
    words("settings"),
    words("checks"),
  ]);
  const { broken } = checks.summary;
  return (
    <SettingsFrame
      isIndex
      troubles={broken > 0 ? { checks: settings("troubles", { count: broken }) } : {}}
      title={t("title")}
      description={t("description")}
    >
      <ChecksPage {...checks} />
    </SettingsFrame>
  );
}
