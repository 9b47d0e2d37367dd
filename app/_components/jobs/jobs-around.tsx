import Link from "next/link";
import type { JobDetails, JobView } from "@/lib/queue/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { LinkButton } from "../ui/link-button";
import { Moment } from "../words/moment";
import { addressOf } from "./job-address";
import { statusTones } from "./job-look";

/** What was done for the same movie before a job, and what after it. */
export async function JobsAround({ job }: { job: JobDetails }) {
  const t = await words("jobs");
  if (job.movieId === null) return null;
  return (
    <section aria-labelledby="around" className="grid grid-cols-1 gap-4">
      <h2 id="around" className="text-heading">
        {t("aroundTitle")}
      </h2>
      <div className="grid gap-4 md:grid-cols-2">
        <Side title={t("beforeTitle")} jobs={job.before} none={t("beforeNone")} />
        <Side title={t("afterTitle")} jobs={job.after} none={t("afterNone")} />
      </div>
      <p>
        <LinkButton href={addressOf({ movieId: job.movieId })}>{t("allOfMovie")}</LinkButton>
      </p>
    </section>
  );
}

async function Side({
  title,
  jobs,
  none,
}: {
  title: string;
  jobs: readonly JobView[];
  none: string;
}) {
  const t = await words("jobs");
  return (
    <div className="grid content-start gap-2">
      <h3 className="font-semibold">{title}</h3>
      {jobs.length === 0 ? (
        <p className="text-faint">{none}</p>
      ) : (
        <ul className="divide-y divide-line rounded-xl border border-line bg-surface">
          {jobs.map((job) => (
            <li key={job.id}>
              <Link
                href={`/manage/jobs/${job.id}`}
                prefetch={false}
                className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 outline-offset-[-2px] hover:bg-raised"
              >
                <span className="grow">{t(`kind.${job.kind}`)}</span>
                <Badge tone={statusTones[job.status]}>{t(`status.${job.status}`)}</Badge>
                <Moment
                  at={job.finishedAt ?? job.startedAt ?? job.runAt}
                  className="text-caption text-faint"
                />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
