import type { JobLogLine } from "@/lib/queue/schema";
import { pageLocale, words } from "@/lib/web/words";

interface JobLinesProps {
  lines: readonly JobLogLine[];
  /** Of whoever looks. */
  timeZone: string;
}

const tones: Record<JobLogLine["level"], string> = {
  debug: "text-faint",
  info: "text-faint",
  warn: "text-lamp",
  error: "text-danger",
};

/** A fact as one reads it: text as it is, anything else as JSON. */
function factText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What a job said, line by line, the newest first: technical, as it stands in the log. */
export async function JobLines({ lines, timeZone }: JobLinesProps) {
  const [t, locale] = await Promise.all([words("jobs"), pageLocale()]);
  const time = new Intl.DateTimeFormat(locale, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone,
  });
  return (
    <ol
      dir="ltr"
      lang="en"
      className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface"
    >
      {lines.map(({ id, at, level, message, facts }) => (
        <li key={id} className="grid gap-x-4 gap-y-1 px-4 py-2.5 sm:grid-cols-[auto_minmax(0,1fr)]">
          <p data-numbers className="flex gap-3 text-caption whitespace-nowrap text-faint">
            <time dateTime={at}>{time.format(new Date(at))}</time>
            <span className={`min-w-14 ${tones[level]}`}>{t(`level.${level}`)}</span>
          </p>
          <div className="min-w-0 wrap-anywhere">
            <p className="whitespace-pre-wrap">{message}</p>
            {facts && (
              <dl className="text-caption text-faint">
                {Object.entries(facts).map(([name, value]) => (
                  <div key={name}>
                    <dt className="inline font-medium">{name}</dt>{" "}
                    <dd className="inline whitespace-pre-wrap">{factText(value)}</dd>
                  </div>
                ))}
              </dl>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
