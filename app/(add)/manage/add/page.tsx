import { FolderPlus } from "lucide-react";
import type { Metadata } from "next";
import { AddMovie } from "@/app/_components/add/add-movie";
import { ServiceCheck } from "@/app/_components/add/service-check";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { loadAddPlace } from "@/lib/sources/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("add"))("title") };
}

interface AddPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AddPage({ searchParams }: AddPageProps) {
  const [{ isAdmin, maySearch, sourceCount }, { query }, t, folders] = await Promise.all([
    loadAddPlace(),
    searchParams,
    words("add"),
    words("folders"),
  ]);
  const initial = typeof query === "string" ? query.slice(0, 300) : "";
  return (
    <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={t("description")}
        actions={
          isAdmin && (
            <LinkButton href="/manage/import">
              <FolderPlus aria-hidden className="size-5" />
              {folders("fromFolder")}
            </LinkButton>
          )
        }
      />
      <AddMovie
        key={initial}
        initial={initial}
        search={!maySearch ? "not-allowed" : sourceCount === 0 ? "no-sources" : "ready"}
        isAdmin={isAdmin}
        after={isAdmin && <ServiceCheck />}
      />
    </div>
  );
}
