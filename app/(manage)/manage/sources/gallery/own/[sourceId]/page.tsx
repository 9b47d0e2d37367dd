import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PublishForm } from "@/app/_components/gallery/publish-form";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadPublishView } from "@/lib/galleries/loaders";
import { words } from "@/lib/web/words";

const list = "/manage/sources/gallery/own";

type Props = PageProps<"/manage/sources/gallery/own/[sourceId]">;

async function sourceOf(props: Props) {
  return (await loadPublishView((await props.params).sourceId)) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { name } = await sourceOf(props);
  return { title: (await words("gallery"))("publish.title", { name }) };
}

/** What others get of a source. */
export default async function PublishPage(props: Props) {
  const [source, t, sources] = await Promise.all([
    sourceOf(props),
    words("gallery"),
    words("sources"),
  ]);
  return (
    <SettingsFrame
      title={t("publish.title", { name: source.name })}
      description={t("publish.description")}
      back={{ href: list, label: t("own.title") }}
    >
      <PublishForm
        source={source}
        next={list}
        aside={
          <LinkButton tone="quiet" href={list}>
            {sources("cancel")}
          </LinkButton>
        }
      />
    </SettingsFrame>
  );
}
