import { Trash2 } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LivePage } from "@/app/_components/live/live-page";
import { MayGo } from "@/app/_components/storage/may-go";
import { Running } from "@/app/_components/storage/running";
import { StillCounting } from "@/app/_components/storage/still-counting";
import { Largest, Uses } from "@/app/_components/storage/uses";
import { VolumeCard } from "@/app/_components/storage/volume-card";
import { Card } from "@/app/_components/ui/card";
import { LinkButton } from "@/app/_components/ui/link-button";
import { Notice } from "@/app/_components/ui/notice";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Spinner } from "@/app/_components/ui/spinner";
import { sizeText } from "@/app/_components/words/measures";
import { Moment } from "@/app/_components/words/moment";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadStorage } from "@/lib/storage/loaders";
import { type StorageView, watchedDays } from "@/lib/storage/schema";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["movie"] as const;
const namespaces = ["common", "bin", "library", "storage"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("storage"))("title") };
}

interface StoragePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What takes space, what can go, and whether what is running will fit. */
export default async function StoragePage({ searchParams }: StoragePageProps) {
  const { days } = await searchParams;
  const [{ binDays, ...storage }, t, locale] = await Promise.all([
    loadStorage({ days }),
    words("storage"),
    pageLocale(),
  ]);
  const { volumes, uses, forecast, watched, originals, smaller } = storage;
  return (
    <div className="gutter mx-auto grid max-w-6xl grid-cols-1 gap-6 pt-6 md:pt-10">
      <PageHeading title={t("title")} description={<Counted storage={storage} />} />
      {volumes.length === 0 && (
        <Notice tone="danger" title={t("noVolumes")}>
          {t("noVolumesDetail")}
        </Notice>
      )}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        {volumes.map((volume) => (
          <VolumeCard key={volume.folders.join()} volume={volume} uses={uses} forecast={forecast} />
        ))}
        <Running forecast={forecast} />
      </div>
      <WordsProvider locale={locale} namespaces={namespaces}>
        <section aria-labelledby="may-go" className="grid grid-cols-1 gap-4">
          <h2 id="may-go" className="text-heading">
            {t("mayGoTitle")}
          </h2>
          <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <MayGo
              kind="watched"
              candidates={watched}
              binDays={binDays}
              description={t("watchedDescription", { people: watched.people })}
            >
              <Days current={watched.days} />
            </MayGo>
            <div className="grid grid-cols-1 gap-4">
              <MayGo
                kind="originals"
                candidates={originals}
                binDays={binDays}
                description={t("originalsDescription")}
              />
              <MayGo
                kind="smaller"
                candidates={smaller}
                binDays={binDays}
                description={t("smallerDescription")}
              />
              <Bin use={uses.find(({ kind }) => kind === "bin")} />
            </div>
          </div>
        </section>
      </WordsProvider>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Uses uses={uses} />
        <Largest movies={storage.largest} />
      </div>
      {storage.isCounting && <StillCounting />}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}

/** What lies in the bin goes by itself, and sooner from its own page. */
async function Bin({ use }: { use: StorageView["uses"][number] | undefined }) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const count = use?.count ?? 0;
  return (
    <Card className="grid content-start gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid gap-1">
          <h3 className="text-heading">{t("use.bin")}</h3>
          <p className="text-caption text-faint">{t("binDescription")}</p>
        </div>
        {count > 0 && (
          <LinkButton href="/manage/bin">
            <Trash2 aria-hidden className="size-5" />
            {t("openBin")}
          </LinkButton>
        )}
      </div>
      <p data-numbers className={count > 0 ? "font-medium" : "text-faint"}>
        {count > 0
          ? t("frees", { count, size: sizeText(use?.sizeBytes ?? 0, locale) })
          : t("nothingMayGo")}
      </p>
    </Card>
  );
}

/** How old the figures are. */
async function Counted({ storage }: { storage: StorageView }) {
  const t = await words("storage");
  const { countedAt, isCounting } = storage;
  return (
    <span role="status" className="flex min-h-6 flex-wrap items-center gap-2">
      {countedAt ? (
        <span>
          {t("counted")} <Moment at={countedAt} />
        </span>
      ) : (
        t("countedFirst")
      )}
      {isCounting && <Spinner />}
    </span>
  );
}

/** How long ago everybody has to have seen a film. */
async function Days({ current }: { current: number }) {
  const t = await words("storage");
  return (
    <nav aria-label={t("daysLabel")} data-row className="flex flex-wrap gap-2">
      {watchedDays.map((days) => (
        <Link
          key={days}
          href={`/manage/storage?days=${days}`}
          prefetch={false}
          scroll={false}
          data-stop
          data-numbers
          aria-current={days === current ? "true" : undefined}
          className="flex h-11 items-center rounded-full border border-line px-4 text-caption whitespace-nowrap text-faint transition-colors hover:border-faint hover:text-text aria-[current=true]:border-lamp aria-[current=true]:text-lamp"
        >
          {t("daysAgo", { days })}
        </Link>
      ))}
    </nav>
  );
}
