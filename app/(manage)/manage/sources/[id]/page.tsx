import { MousePointerClick } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { IndexerForm } from "@/app/_components/sources/indexer-form";
import { SchemaForm } from "@/app/_components/sources/schema-form";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadSource } from "@/lib/sources/loaders";
import { torznabDefinition } from "@/lib/sources/schema";
import { words } from "@/lib/web/words";

const list = "/manage/sources";

type Props = PageProps<"/manage/sources/[id]">;

async function sourceOf(props: Props) {
  const source = await loadSource((await props.params).id);
  return source ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await sourceOf(props)).name };
}

/** A source's name and what it asks. */
export default async function SourcePage(props: Props) {
  const [source, t] = await Promise.all([sourceOf(props), words("sources")]);
  const { id, name, kind, definition, isKeySet } = source;
  const galleryId = source.galleryId ?? undefined;
  const aside = (
    <LinkButton tone="quiet" href={list}>
      {t("cancel")}
    </LinkButton>
  );
  if (kind === "torznab") {
    const { url, categories } = torznabDefinition.parse(definition);
    return (
      <SettingsFrame title={name} description={t(`kind.${kind}`)}>
        <IndexerForm source={{ id, name, url, categories, isKeySet }} next={list} aside={aside} />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title={name} description={t(`kind.${kind}`)}>
      <LinkButton href={`/manage/sources/builder?source=${id}`} className="justify-self-start">
        <MousePointerClick aria-hidden className="size-5" />
        {t("openInBuilder")}
      </LinkButton>
      <SchemaForm
        source={{ id, name, text: JSON.stringify(definition, null, 2), galleryId }}
        next={list}
        aside={aside}
      />
    </SettingsFrame>
  );
}
