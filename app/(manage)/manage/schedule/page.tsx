import { CalendarClock } from "lucide-react";
import type { Metadata } from "next";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { TickRow } from "@/app/_components/schedule/tick-row";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { loadTicks } from "@/lib/queue/loaders";
import { words } from "@/lib/web/words";

const changes = ["schedule"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("schedule"))("title") };
}

/** What Vigilio does by the clock, and how it went last. */
export default async function SchedulePage() {
  const [ticks, t] = await Promise.all([loadTicks(), words("schedule")]);
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading title={t("title")} description={t("description")} />
      <WorkTabs current="/manage/schedule" />
      {ticks.length === 0 ? (
        <EmptyState icon={CalendarClock} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <ul className="grid grid-cols-1 gap-3">
          {ticks.map((tick) => (
            <TickRow key={tick.name} tick={tick} />
          ))}
        </ul>
      )}
      <LivePage on={changes} atMostEveryMs={5000} />
    </div>
  );
}
