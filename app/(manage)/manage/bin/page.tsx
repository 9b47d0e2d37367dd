import { Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { DaysForm } from "@/app/_components/bin/days-form";
import { EmptyBin } from "@/app/_components/bin/empty-bin";
import { Entry } from "@/app/_components/bin/entry";
import { LivePage } from "@/app/_components/live/live-page";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { sizeText } from "@/app/_components/words/measures";
import { loadBin } from "@/lib/bin/loaders";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("binPage"))("title") };
}

interface BinPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What was deleted: brought back, or gone for good, from here. */
export default async function BinPage({ searchParams }: BinPageProps) {
  const page = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [bin, t, locale] = await Promise.all([
    loadBin({ page, pageSize: 50 }),
    words("binPage"),
    pageLocale(),
  ]);
  const { items, total, sizeBytes, days } = bin;
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={days > 0 ? t("description", { days }) : t("descriptionOff")}
      />
      {items.length === 0 ? (
        <EmptyState icon={Trash2} title={t("nothingTitle")}>
          {t("nothing")}
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-x-4">
            <p data-numbers className="text-faint">
              {t("total", { count: total, size: sizeText(sizeBytes, locale) })}
            </p>
            <EmptyBin count={total} sizeBytes={sizeBytes} />
          </div>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
            {items.map((item) => (
              <Entry key={item.id} item={item} />
            ))}
          </ul>
          <Pages {...bin} href={(number) => `/manage/bin?page=${number}`} />
        </>
      )}
      <Card className="max-w-xl">
        <DaysForm days={days} />
      </Card>
      <LivePage on={changes} />
    </div>
  );
}
