import type { Metadata } from "next";
import { OwnList } from "@/app/_components/gallery/own-list";
import { OwnName, OwnSwitch } from "@/app/_components/gallery/own-switch";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { Card } from "@/app/_components/ui/card";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadOwnGallery } from "@/lib/galleries/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("gallery"))("own.title") };
}

/** What this Vigilio publishes for others. */
export default async function OwnGalleryPage() {
  const [{ isPublished, name, address, entries }, t] = await Promise.all([
    loadOwnGallery(),
    words("gallery"),
  ]);
  return (
    <SettingsFrame
      title={t("own.title")}
      description={t("own.description")}
      back={{ href: "/manage/sources/gallery", label: t("title") }}
    >
      <Card className="grid grid-cols-1 gap-5">
        <OwnSwitch value={isPublished} />
        {isPublished && (
          <div className="grid gap-1">
            <p className="font-medium">{t("own.address")}</p>
            <p className="text-caption text-faint">{t("own.addressHint")}</p>
            <div className="flex flex-wrap items-center gap-3">
              <a
                href="/gallery"
                dir="ltr"
                className="inline-flex min-h-11 min-w-0 grow basis-52 items-center break-all underline underline-offset-4"
              >
                {address}
              </a>
              <CopyButton text={address} label={t("own.copyAddress")} />
            </div>
          </div>
        )}
      </Card>
      <SectionCard
        title={t("own.sources")}
        description={entries.length === 0 ? t("own.none") : undefined}
      >
        {entries.length > 0 ? (
          <OwnList entries={entries} />
        ) : (
          <LinkButton href="/manage/sources/builder" className="justify-self-start">
            {t("own.build")}
          </LinkButton>
        )}
      </SectionCard>
      <SectionCard title={t("own.nameTitle")}>
        <OwnName value={name} />
      </SectionCard>
    </SettingsFrame>
  );
}
