import { Megaphone } from "lucide-react";
import type { Metadata } from "next";
import { FollowForm } from "@/app/_components/gallery/follow-form";
import { GalleryRow } from "@/app/_components/gallery/gallery-row";
import { SectionCard } from "@/app/_components/settings/section-card";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Moment } from "@/app/_components/words/moment";
import { loadGalleries } from "@/lib/galleries/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("gallery"))("title") };
}

/** Galleries of others, to find sources in; and the way to one's own. */
export default async function GalleriesPage() {
  const [galleries, t, sources] = await Promise.all([
    loadGalleries(),
    words("gallery"),
    words("sources"),
  ]);
  return (
    <SettingsFrame
      title={t("title")}
      description={t("description")}
      back={{ href: "/manage/sources", label: sources("title") }}
    >
      {galleries.length > 0 && (
        <ul aria-label={t("list")} className="grid grid-cols-1 gap-3">
          {galleries.map((gallery) => (
            <GalleryRow
              key={gallery.id}
              gallery={gallery}
              fetched={gallery.fetchedAt && <Moment at={gallery.fetchedAt} />}
            />
          ))}
        </ul>
      )}
      <SectionCard title={t("followTitle")} description={t("followDescription")}>
        <FollowForm />
      </SectionCard>
      <SectionCard title={t("own.title")} description={t("own.description")}>
        <LinkButton href="/manage/sources/gallery/own" className="justify-self-start">
          <Megaphone aria-hidden className="size-5" />
          {t("own.open")}
        </LinkButton>
      </SectionCard>
    </SettingsFrame>
  );
}
