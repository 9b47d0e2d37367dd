import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import type { ComponentType } from "react";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { words } from "@/lib/web/words";
import { BackupsSection } from "../backups-section";
import { ConversionSection } from "../conversion-section";
import { DownloadsSection } from "../downloads-section";
import { FoldersSection } from "../folders-section";
import { MetadataSection } from "../metadata-section";
import { ServerSection } from "../server-section";
import { SubtitlesSection } from "../subtitles-section";
import { TokensSection } from "../tokens-section";
import { WebhooksSection } from "../webhooks-section";

const sections: Record<string, ComponentType> = {
  metadata: MetadataSection,
  subtitles: SubtitlesSection,
  conversion: ConversionSection,
  downloads: DownloadsSection,
  folders: FoldersSection,
  tokens: TokensSection,
  webhooks: WebhooksSection,
  backups: BackupsSection,
  server: ServerSection,
};

type Props = PageProps<"/manage/settings/[section]">;

/** The section of the address. */
async function sectionOf(props: Props): Promise<{ name: string; Section: ComponentType }> {
  const { section: name } = await props.params;
  // What it was before there were checks.
  if (name === "services") redirect("/manage/check");
  const Section = Object.hasOwn(sections, name) ? sections[name] : undefined;
  if (!Section) notFound();
  return { name, Section };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { name } = await sectionOf(props);
  return { title: (await words("settings"))(`section.${name}`) };
}

export default async function SettingsSectionPage(props: Props) {
  const { name, Section } = await sectionOf(props);
  const t = await words("settings");
  return (
    <SettingsFrame title={t(`section.${name}`)} description={t(`sectionDescription.${name}`)}>
      <Section />
    </SettingsFrame>
  );
}
