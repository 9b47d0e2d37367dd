import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PublicEntryCard } from "@/app/_components/gallery/public-entry";
import { Mark } from "@/app/_components/shell/mark";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { askedHost } from "@/lib/galleries/asked-host";
import { loadPublicGallery } from "@/lib/galleries/loaders";
import { words } from "@/lib/web/words";

const outcomes = ["counted", "again"] as const;

export async function generateMetadata(): Promise<Metadata> {
  // Not the gallery's name: asking for it would count as a second visit.
  return { title: (await words("gallery"))("unnamed") };
}

/** The sources that this Vigilio publishes, for anybody; it tells nothing else of the server. */
export default async function PublicGalleryPage({ searchParams }: PageProps<"/gallery">) {
  const [gallery, given, t, app] = await Promise.all([
    loadPublicGallery(),
    searchParams,
    words("gallery"),
    words("app"),
  ]);
  if (!gallery) notFound();
  const { name, address, entries, pauseSeconds } = gallery;
  const outcome = outcomes.find((one) => one === given.vote);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-3xl grid-cols-1 content-start gap-6 px-(--gutter) pt-6 pb-16 sm:pt-10">
      <p className="flex items-center gap-2.5 font-semibold">
        <Mark className="size-6" />
        {app("name")}
      </p>
      <PageHeading title={<bdi>{name}</bdi>} description={t("public.description")} />
      <section
        aria-labelledby="use"
        className="grid gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5"
      >
        <h2 id="use" className="text-heading">
          {t("public.useTitle")}
        </h2>
        <ol className="grid list-inside list-decimal gap-1 marker:text-faint">
          <li>{t("public.useCopy")}</li>
          <li>{t("public.useFollow")}</li>
          <li>{t("public.useTake")}</li>
        </ol>
        <div className="flex items-center gap-3 rounded-lg border border-line bg-ink py-1.5 ps-4 pe-1.5">
          <code dir="ltr" className="min-w-0 grow text-caption break-all select-all">
            {address}
          </code>
          <CopyButton text={address} label={t("own.copyAddress")} />
        </div>
      </section>
      {pauseSeconds > 0 && <p role="status">{t("public.pause", { seconds: pauseSeconds })}</p>}
      {pauseSeconds === 0 && entries.length === 0 && (
        <p className="text-faint">{t("public.nothing")}</p>
      )}
      {entries.length > 0 && (
        <p data-numbers className="text-faint">
          {t("count", { count: entries.length })}
        </p>
      )}
      <ul aria-label={name} className="-mt-3 grid grid-cols-1 gap-4">
        {entries.map((entry) => (
          <PublicEntryCard
            key={entry.id}
            entry={entry}
            host={askedHost(entry.schema)}
            outcome={outcome && given.source === entry.id ? t(`public.${outcome}`) : null}
          />
        ))}
      </ul>
      <p className="text-caption text-pretty text-faint">{t("public.legal")}</p>
    </main>
  );
}
