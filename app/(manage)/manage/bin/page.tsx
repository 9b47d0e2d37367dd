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
        actions={total > 0 && <EmptyBin count={total} sizeBytes={sizeBytes} />}
      />
      {items.length === 0 ? (
        <EmptyState icon={Trash2} title={t("nothingTitle")}>
          {t("nothing")}
        </EmptyState>
      ) : (
        <>
          <p data-numbers className="text-caption text-faint">
            {t("total", { count: total, size: sizeText(sizeBytes, locale) })}
          </p>
          <ul className="grid grid-cols-1 gap-3">
            {items.map((item) => (
              <Entry key={item.id} item={item} />
            ))}
          </ul>
          <Pages {...bin} href={(number) => `/manage/bin?page=${number}`} />
        </>
      )}
      <section aria-labelledby="bin-days">
        <Card className="grid gap-4">
          <h2 id="bin-days" className="text-heading">
            {t("daysTitle")}
          </h2>
          <DaysForm days={days} />
        </Card>
      </section>
      <LivePage on={changes} />
    </div>
  );
}
