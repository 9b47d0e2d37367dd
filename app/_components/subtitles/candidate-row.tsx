"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { takeCandidateAction } from "@/lib/subtitles/actions";
import type { CandidateView } from "@/lib/subtitles/schema";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface CandidateRowProps {
  candidate: CandidateView;
  versionId: string;
}

/** A subtitle that is offered: the release it was made for, and what speaks for it. */
export function CandidateRow({ candidate, versionId }: CandidateRowProps) {
  const t = useTranslations("subtitles");
  const locale = useLocale();
  const { pending, run } = useCommand();
  const [isTaken, setIsTaken] = useState(candidate.isTaken);
  const release = candidate.release ?? candidate.fileName;
  const facts = [
    t("downloads", { count: candidate.downloads }),
    candidate.fps !== null &&
      t("picturesPerSecond", {
        rate: new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(candidate.fps),
      }),
  ].filter(Boolean);
  return (
    <li className="flex items-start gap-3 p-3">
      <div className="grid min-w-0 grow gap-1">
        <p dir="auto" className="break-all">
          {release}
        </p>
        <div className="flex flex-wrap items-center gap-1.5">
          {candidate.matchesFile && <Badge tone="lamp">{t("matchesFile")}</Badge>}
          {candidate.fromTrusted && <Badge>{t("trusted")}</Badge>}
          {candidate.forced && <Badge tone="faint">{t("forced")}</Badge>}
          {candidate.hearingImpaired && <Badge tone="faint">{t("hearingImpaired")}</Badge>}
          {candidate.machineTranslated && <Badge tone="faint">{t("machineTranslated")}</Badge>}
        </div>
        <p data-numbers className="text-caption text-faint">
          {facts.join(" · ")}
        </p>
      </div>
      {isTaken ? (
        <span className="flex min-h-11 shrink-0 items-center gap-2 text-faint">
          <Check aria-hidden className="size-5" />
          {t("taken")}
        </span>
      ) : (
        <Button
          pending={pending}
          aria-label={t("takeLabel", { release })}
          className="shrink-0"
          onClick={() =>
            run(
              () => takeCandidateAction({ versionId, candidateId: candidate.candidateId }),
              () => {
                setIsTaken(true);
                showToast({ message: t("takenSaid") });
              },
            )
          }
        >
          {t("take")}
        </Button>
      )}
    </li>
  );
}
