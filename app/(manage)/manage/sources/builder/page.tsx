import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Builder } from "@/app/_components/sources/builder/builder";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { requireAdmin } from "@/lib/auth/current-user";
import { schemaDefinition } from "@/lib/sources/definition";
import { draftOfDefinition } from "@/lib/sources/draft";
import { loadSource } from "@/lib/sources/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("sources"))("builder.title") };
}

/** The source that is gone on with; undefined for a new one. */
async function sourceOf(id: string | string[] | undefined) {
  if (id === undefined) return undefined;
  const source = typeof id === "string" ? await loadSource(id) : null;
  if (source?.kind !== "schema") notFound();
  const draft = draftOfDefinition(schemaDefinition.parse(source.definition));
  return { id: source.id, name: source.name, draft, galleryId: source.galleryId ?? undefined };
}

export default async function BuilderPage(props: PageProps<"/manage/sources/builder">) {
  await requireAdmin();
  const { source: id } = await props.searchParams;
  const [source, t] = await Promise.all([sourceOf(id), words("sources")]);
  return (
    <div className="gutter mx-auto grid max-w-6xl grid-cols-1 gap-8 pt-6 md:pt-10">
      <div className="grid grid-cols-1 gap-3">
        <LinkButton href="/manage/sources" tone="quiet" className="-ms-3 justify-self-start">
          <ChevronLeft aria-hidden className="size-5 rtl:rotate-180" />
          {t("title")}
        </LinkButton>
        <PageHeading title={t("builder.title")} description={t("builder.description")} />
      </div>
      <Builder source={source} />
    </div>
  );
}
