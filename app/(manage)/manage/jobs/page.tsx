import { ListChecks } from "lucide-react";
import type { Metadata } from "next";
import { JobRow } from "@/app/_components/jobs/job-row";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadJobs } from "@/lib/queue/loaders";
import { words } from "@/lib/web/words";

const changes = ["job"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("jobs"))("title") };
}

interface JobsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function JobsPage({ searchParams }: JobsPageProps) {
  const page = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [jobs, t] = await Promise.all([loadJobs({ page, pageSize: 50 }), words("jobs")]);
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading title={t("title")} description={t("description")} />
      <WorkTabs current="/manage/jobs" />
      {jobs.items.length === 0 ? (
        <EmptyState icon={ListChecks} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <>
          <ul className="grid grid-cols-1 gap-3">
            {jobs.items.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
          <Pages {...jobs} href={(number) => `/manage/jobs?page=${number}`} />
        </>
      )}
      <LivePage on={changes} />
    </div>
  );
}
