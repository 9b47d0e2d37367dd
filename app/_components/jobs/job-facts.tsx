import type { ReactNode } from "react";
import type { JobDetails } from "@/lib/queue/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { Card } from "../ui/card";
import { durationText } from "../words/measures";
import { Moment } from "../words/moment";
import { statusTones } from "./job-look";
import { JobProgress } from "./job-progress";

/** Where a job stands, and what is known of it. */
export async function JobFacts({ job }: { job: JobDetails }) {
  const [t, locale] = await Promise.all([words("jobs"), pageLocale()]);
  const { status, startedAt, finishedAt } = job;
  const tookSeconds =
    startedAt && finishedAt
      ? (new Date(finishedAt).getTime() - new Date(startedAt).getTime()) / 1000
      : null;
  const isDue = new Date(job.runAt) <= new Date();
  const isToCome = status === "queued" || status === "waiting";
  return (
    <Card className="grid grid-cols-1 gap-4">
      {status === "running" && (
        <JobProgress
          jobId={job.id}
          name={t(`kind.${job.kind}`)}
          progress={job.progress}
          remainingSeconds={job.remainingSeconds}
        />
      )}
      <dl data-numbers className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
        <Fact name={t("factState")}>
          <Badge tone={statusTones[status]}>{t(`status.${status}`)}</Badge>
          {job.isEnding && <span className="ms-2 text-faint">{t("ending")}</span>}
        </Fact>
        <Fact name={t("factTries")}>
          {t("triesOf", { attempts: job.attempts, most: job.maxAttempts })}
        </Fact>
        <Fact name={t("factAdded")}>
          <Moment at={job.createdAt} />
        </Fact>
        {startedAt && (
          <Fact name={t("started")}>
            <Moment at={startedAt} />
          </Fact>
        )}
        {isToCome && (
          <Fact name={t("next")}>{isDue ? t("nextFree") : <Moment at={job.runAt} />}</Fact>
        )}
        {finishedAt && (
          <Fact name={t("finished")}>
            <Moment at={finishedAt} />
          </Fact>
        )}
        {tookSeconds !== null && tookSeconds >= 0 && (
          <Fact name={t("factTook")}>
            {tookSeconds < 1 ? t("tookNothing") : durationText(tookSeconds, locale)}
          </Fact>
        )}
        <Fact name={t("factLane")}>{t(`lane.${job.lane}`)}</Fact>
        {job.about.map(({ name, value }) => (
          <Fact key={name} name={<code>{name}</code>}>
            <code className="break-all">{value}</code>
          </Fact>
        ))}
      </dl>
      {job.error && (
        <div className="grid gap-2">
          <p className={status === "failed" ? "text-danger" : undefined}>{job.error}</p>
          {job.errorDetail && (
            <details>
              <summary className="flex min-h-11 cursor-pointer items-center text-caption text-faint hover:text-text">
                {t("technical")}
              </summary>
              {/* Reached by the keyboard, since it scrolls. */}
              <pre
                dir="ltr"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached.
                tabIndex={0}
                className="max-h-80 overflow-auto rounded-lg bg-ink p-3 text-caption whitespace-pre-wrap"
              >
                {job.errorDetail}
              </pre>
            </details>
          )}
        </div>
      )}
    </Card>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-caption text-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
