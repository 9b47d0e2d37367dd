import Link from "next/link";
import type { JobView } from "@/lib/queue/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge, type BadgeTone } from "../ui/badge";
import { ProgressBar } from "../ui/progress-bar";
import { percentText, workLeft } from "../words/measures";
import { Moment } from "../words/moment";
import { JobActions } from "./job-actions";

const tones: Record<JobView["status"], BadgeTone> = {
  queued: "faint",
  running: "lamp",
  waiting: "plain",
  succeeded: "faint",
  failed: "danger",
  cancelled: "faint",
};

/** One piece of background work: what it is for, where it stands, and why it failed. */
export async function JobRow({ job }: { job: JobView }) {
  const [t, locale] = await Promise.all([words("jobs"), pageLocale()]);
  const kind = t(`kind.${job.kind}`);
  const name = job.movieTitle ? t("nameFor", { kind, title: job.movieTitle }) : kind;
  return (
    <li className="grid grid-cols-1 gap-2.5 rounded-xl border border-line bg-surface p-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p className="font-semibold">{kind}</p>
          {job.movieId && (
            <Link
              href={`/movies/${job.movieId}`}
              prefetch={false}
              className="line-clamp-2 text-faint hover:text-text hover:underline"
            >
              <bdi>{job.movieTitle ?? t("openMovie")}</bdi>
            </Link>
          )}
        </div>
        <JobActions jobId={job.id} name={name} status={job.status} />
      </div>
      {job.status === "running" && (
        <ProgressBar value={job.progress} label={t("progressLabel", { name })} />
      )}
      <p
        data-numbers
        className="flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-faint"
      >
        <Badge tone={tones[job.status]}>{t(`status.${job.status}`)}</Badge>
        {job.status === "running" && job.progress !== null && (
          <span className="font-medium text-text">{percentText(job.progress, locale)}</span>
        )}
        {job.status === "running" && job.remainingSeconds !== null && (
          <span>{t("left", { time: workLeft(job.remainingSeconds, locale) })}</span>
        )}
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
