import { ArrowLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { JobActions } from "@/app/_components/jobs/job-actions";
import { JobFacts } from "@/app/_components/jobs/job-facts";
import { JobLines } from "@/app/_components/jobs/job-lines";
import { JobsAround } from "@/app/_components/jobs/jobs-around";
import { LivePage } from "@/app/_components/live/live-page";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadJob, loadJobLines } from "@/lib/queue/loaders";
import { viewerTimeZone } from "@/lib/web/time-zone";
import { words } from "@/lib/web/words";

const changes = ["job"] as const;

interface JobPageProps {
  params: Promise<{ jobId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: JobPageProps): Promise<Metadata> {
  const [job, t] = await Promise.all([params.then(({ jobId }) => loadJob(jobId)), words("jobs")]);
  return job ? { title: t(`kind.${job.kind}`) } : {};
}

/** One job: where it stands, why it failed, what it said, and what was done around it. */
export default async function JobPage({ params, searchParams }: JobPageProps) {
  const number = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const { jobId } = await params;
  const [job, t, timeZone] = await Promise.all([loadJob(jobId), words("jobs"), viewerTimeZone()]);
  if (!job) notFound();
  const lines = await loadJobLines(jobId, number);
  const kind = t(`kind.${job.kind}`);
  const name = job.movieTitle ? t("nameFor", { kind, title: job.movieTitle }) : kind;
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
      <div>
        <LinkButton tone="quiet" href="/manage/jobs" className="-ms-4 mb-2">
          <ArrowLeft aria-hidden className="size-5 rtl:rotate-180" />
          {t("title")}
        </LinkButton>
        <PageHeading
          title={kind}
          description={
            job.movieId && (
              <Link href={`/movies/${job.movieId}`} prefetch={false} className="hover:underline">
                <bdi>{job.movieTitle ?? t("openMovie")}</bdi>
              </Link>
            )
          }
          actions={
            <div className="pt-2 pe-2">
              <JobActions jobId={job.id} name={name} status={job.status} then="/manage/jobs" />
            </div>
          }
        />
      </div>
      <JobFacts job={job} />
      <section aria-labelledby="log" className="grid grid-cols-1 gap-3">
        <h2 id="log" className="text-heading">
          {t("logTitle")}
        </h2>
        <p className="text-caption text-faint">{t("logHint")}</p>
        {lines.items.length === 0 ? (
          <p className="text-faint">{t("logEmpty")}</p>
        ) : (
          <>
            <JobLines lines={lines.items} timeZone={timeZone} />
            <Pages {...lines} href={(page) => `/manage/jobs/${jobId}?page=${page}`} />
          </>
        )}
      </section>
      <JobsAround job={job} />
      <LivePage on={changes} jobId={jobId} exceptProgress />
    </div>
  );
}
