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

export default async function AddPage() {
  const [{ isAdmin, maySearch, sourceCount }, t, folders] = await Promise.all([
    loadAddPlace(),
    words("add"),
    words("folders"),
  ]);
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
        search={!maySearch ? "not-allowed" : sourceCount === 0 ? "no-sources" : "ready"}
        isAdmin={isAdmin}
        after={isAdmin && <ServiceCheck />}
      />
    </div>
  );
}
