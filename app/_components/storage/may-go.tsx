import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { Candidates } from "@/lib/storage/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Card } from "../ui/card";
import { sizeText } from "../words/measures";
import { Moment } from "../words/moment";
import { MayGoButton } from "./may-go-button";

interface MayGoProps {
  kind: "watched" | "originals" | "smaller";
  candidates: Candidates;
  /** For how many days what is deleted can be brought back; 0 for not at all. */
  binDays: number;
  description: ReactNode;
  /** Choices of what counts. */
  children?: ReactNode;
}

/** Things that nobody is likely to miss: what they take, and the buttons that let them go. */
export async function MayGo({ kind, candidates, binDays, description, children }: MayGoProps) {
  const [t, locale] = await Promise.all([words("storage"), pageLocale()]);
  const { count, sizeBytes, items } = candidates;
  const size = sizeText(sizeBytes, locale);
  return (
    <Card className="grid content-start gap-3">
      <div className="grid items-start gap-x-4 gap-y-2 *:justify-self-start sm:grid-cols-[minmax(0,1fr)_auto]">
        <div className="grid gap-1">
          <h3 className="text-heading">{t(`mayGo.${kind}`)}</h3>
          <p className="text-caption text-faint">{description}</p>
        </div>
        {count > 0 && (
          <MayGoButton
            kind={kind}
            ids={items.map(({ id }) => id)}
            binDays={binDays}
            label={t("goAll", { count: items.length })}
          />
        )}
      </div>
      {children}
      {count === 0 ? (
        <p className="text-faint">{t("nothingMayGo")}</p>
      ) : (
        <details className="group/list">
          <summary
            data-numbers
            className="flex min-h-11 items-center gap-2 font-medium hover:text-lamp"
          >
            <ChevronRight
              aria-hidden
              className="size-5 text-faint transition-transform group-open/list:rotate-90 rtl:-scale-x-100"
            />
            {t("frees", { count, size })}
          </summary>
          <ul data-numbers className="mt-1 divide-y divide-line">
            {items.map(({ id, movieId, title, year, sizeBytes: bytes, at }) => (
              <li key={id} className="flex items-center gap-3 py-1">
                <div className="grid min-w-0 grow">
                  <Link
                    href={`/movies/${movieId}`}
                    prefetch={false}
                    data-stop
                    className="flex min-h-11 min-w-0 items-center gap-2 underline-offset-4 hover:underline"
                  >
                    <bdi className="truncate">{title}</bdi>
                    {year && <span className="shrink-0 text-caption text-faint">{year}</span>}
                  </Link>
                </div>
                {at && (
                  <span className="shrink-0 text-caption text-faint max-sm:hidden">
                    <Moment at={at} />
                  </span>
                )}
                <span className="shrink-0 text-faint">{sizeText(bytes, locale)}</span>
                <MayGoButton kind={kind} ids={[id]} binDays={binDays} labelOf={title} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  );
}
