import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryActions } from "@/app/_components/gallery/entry-actions";
import { EntryFacts } from "@/app/_components/gallery/entry-facts";
import { EntrySearch } from "@/app/_components/gallery/entry-search";
import { SettingsFrame } from "@/app/_components/settings/settings-frame";
import { Notice } from "@/app/_components/ui/notice";
import { Pages } from "@/app/_components/ui/pages";
import { Moment } from "@/app/_components/words/moment";
import { listEntries } from "@/lib/galleries/entry-list";
import { loadGallery } from "@/lib/galleries/loaders";
import { words } from "@/lib/web/words";

const pageSize = 20;
/** So many are looked through by eye. */
const fewEntries = 6;

type Props = PageProps<"/manage/sources/gallery/[galleryId]">;

async function galleryOf(props: Props) {
  return (await loadGallery((await props.params).galleryId)) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await galleryOf(props)).gallery.name };
}

/** What the address says: words, order and page. */
async function viewOf({ searchParams }: Props) {
  const given = await searchParams;
  const text = (name: string) => String([given[name]].flat()[0] ?? "").slice(0, 100);
  const order = text("order") === "name" ? ("name" as const) : ("score" as const);
  const page = Math.max(1, Math.trunc(Number(text("page"))) || 1);
  return { query: text("query"), order, page };
}

/** A gallery that is followed: its sources, to look at, copy and vote for. */
export default async function GalleryPage(props: Props) {
  const [{ gallery, entries }, view, t] = await Promise.all([
    galleryOf(props),
    viewOf(props),
    words("gallery"),
  ]);
  const { query, order, page } = view;
  const found = listEntries(entries, { query, order });
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  const isLong = entries.length > fewEntries || query !== "";
  const href = (to: number) => `?${new URLSearchParams({ query, order, page: String(to) })}`;
  return (
    <SettingsFrame
      title={gallery.name}
      description={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <span role={isLong ? undefined : "status"}>{t("count", { count: entries.length })}</span>
          {gallery.fetchedAt && (
            <span>
              {t("lastLook")} <Moment at={gallery.fetchedAt} />
            </span>
          )}
          <bdi className="break-all">{new URL(gallery.url).host}</bdi>
        </span>
      }
      back={{ href: "/manage/sources/gallery", label: t("title") }}
    >
      {gallery.detail && (
        <Notice tone="danger" title={t("lookFailedTitle")}>
          {gallery.detail}
        </Notice>
      )}
      {entries.length === 0 && <p className="text-faint">{t("nothingYet")}</p>}
      {isLong && <EntrySearch query={query} order={order} />}
      {isLong && (
        <p role="status" className="text-caption text-faint">
          {found.length > 0 ? t("count", { count: found.length }) : t("nothingFits")}
        </p>
      )}
      <ul aria-label={gallery.name} className="grid grid-cols-1 gap-3">
        {shown.map(({ id, name, description, author, legalNote, host, ...entry }) => (
          <li
            key={id}
            className="grid grid-cols-1 gap-3 rounded-xl border border-line bg-surface p-4 sm:p-5"
          >
            <h2 className="text-heading break-words">
              <bdi>{name}</bdi>
            </h2>
            <EntryFacts {...{ description, author, legalNote, host }} />
            <EntryActions galleryId={gallery.id} entry={{ id, name, ...entry }} />
          </li>
        ))}
      </ul>
      <Pages page={page} pageSize={pageSize} total={found.length} href={href} />
      {entries.length > 0 && (
        <p className="text-caption text-pretty text-faint">{t("description")}</p>
      )}
    </SettingsFrame>
  );
}
