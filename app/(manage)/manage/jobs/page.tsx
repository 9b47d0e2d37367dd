import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import { addressOf } from "@/app/_components/jobs/job-address";
import { JobFilters } from "@/app/_components/jobs/job-filters";
import { JobRow } from "@/app/_components/jobs/job-row";
import { JobSelection } from "@/app/_components/jobs/job-selection";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadJobs } from "@/lib/queue/loaders";
import { jobKinds } from "@/lib/queue/names";
import { words } from "@/lib/web/words";

const changes = ["job"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("jobs"))("title") };
}

interface JobsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What Vigilio does by itself, by state, kind and movie. */
export default async function JobsPage({ searchParams }: JobsPageProps) {
  const [{ items, counts, query, ...page }, t] = await Promise.all([
    searchParams.then(loadJobs),
    words("jobs"),
  ]);
  const { status, kind, title, movieId } = query;
  const filters = { status, kind, title, movieId };
  const isAll = Object.values(filters).every((one) => one === undefined);
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading title={t("title")} description={t("description")} />
      <WorkTabs current="/manage/jobs" />
      <JobFilters filters={filters} counts={counts} kinds={Object.keys(jobKinds)} />
      {items.length === 0 ? (
        <EmptyState
          icon={ListChecks}
          title={isAll ? t("emptyTitle") : t("noneTitle")}
          action={!isAll && <LinkButton href="/manage/jobs">{t("showAll")}</LinkButton>}
        >
          {isAll ? t("empty") : t("none")}
        </EmptyState>
      ) : (
        <JobSelection jobIds={items.map(({ id }) => id)}>
          <ul className="grid grid-cols-1 gap-3">
            {items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
          <Pages {...page} href={(number) => addressOf(filters, number)} />
        </JobSelection>
      )}
      <LivePage on={changes} exceptProgress atMostEveryMs={3000} />
    </div>
  );
}
