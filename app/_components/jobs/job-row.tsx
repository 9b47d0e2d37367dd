import Link from "next/link";
import type { JobView } from "@/lib/queue/schema";
import { words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { Moment } from "../words/moment";
import { JobActions } from "./job-actions";
import { statusTones } from "./job-look";
import { JobProgress } from "./job-progress";
import { JobCheckbox } from "./job-selection";

/** One piece of background work: what it is for, where it stands, and why it failed. */
export async function JobRow({ job }: { job: JobView }) {
  const t = await words("jobs");
  const kind = t(`kind.${job.kind}`);
  const name = job.movieTitle ? t("nameFor", { kind, title: job.movieTitle }) : kind;
  return (
    <li className="grid grid-cols-1 gap-2.5 rounded-xl border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <JobCheckbox jobId={job.id} name={name} />
        <div className="min-w-0 grow">
          <Link
            href={`/manage/jobs/${job.id}`}
            prefetch={false}
            className="font-semibold hover:underline"
          >
            {kind}
          </Link>
          {job.movieId && (
            <p>
              <Link
                href={`/movies/${job.movieId}`}
                prefetch={false}
                className="line-clamp-2 text-faint hover:text-text hover:underline"
              >
                <bdi>{job.movieTitle ?? t("openMovie")}</bdi>
              </Link>
            </p>
          )}
        </div>
        <JobActions jobId={job.id} name={name} status={job.status} />
      </div>
      {job.status === "running" && (
        <JobProgress
          jobId={job.id}
          name={t("progressLabel", { name })}
          progress={job.progress}
          remainingSeconds={job.remainingSeconds}
        />
      )}
      <p
        data-numbers
        className="flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-faint"
      >
        <Badge tone={statusTones[job.status]}>{t(`status.${job.status}`)}</Badge>
        <JobTime job={job} />
        {job.attempts > 0 && (
          <span>{t("tries", { attempts: job.attempts, most: job.maxAttempts })}</span>
        )}
      </p>
      {job.error && (
        <p className={`text-caption ${job.status === "failed" ? "text-danger" : "text-faint"}`}>
          {job.error}
        </p>
      )}
    </li>
  );
}

/** The moment that matters in its state: when it ended, when it began, or when it is tried next. */
async function JobTime({ job }: { job: JobView }) {
  const t = await words("jobs");
  if (job.status === "queued" && new Date(job.runAt) <= new Date()) {
    return <span>{t("nextFree")}</span>;
  }
  const [label, at] = job.finishedAt
    ? [t("finished"), job.finishedAt]
    : job.status === "running" && job.startedAt
      ? [t("started"), job.startedAt]
      : [t("next"), job.runAt];
  return (
    <span>
      {label} <Moment at={at} />
    </span>
  );
}
