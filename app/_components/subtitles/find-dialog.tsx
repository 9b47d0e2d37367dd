"use client";

import Link from "next/link";
import { useEffect, useState, useTransition } from "react";
import { useLocale, useTranslations } from "use-intl";
import { offeredSubtitlesAction } from "@/lib/subtitles/actions";
import type { CandidateView, QuotaView } from "@/lib/subtitles/schema";
import { Notice } from "../ui/notice";
import { PanelDialog } from "../ui/panel-dialog";
import { Skeleton } from "../ui/skeleton";
import { momentText } from "../words/measures";
import { CandidateRow } from "./candidate-row";
import { LanguageSelect } from "./language-select";

interface FindDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  versionId: string;
  languages: { code: string; name: string }[];
  wantedLanguages: string[];
}

interface Offer {
  items: CandidateView[];
  quota: QuotaView | null;
}

/** What OpenSubtitles has for a movie, in one language at a time; looking is free, taking one is not. */
export function FindDialog(props: FindDialogProps) {
  const { open, onOpenChange, versionId, languages, wantedLanguages } = props;
  const t = useTranslations("subtitles");
  const common = useTranslations("common");
  const locale = useLocale();
  const [loading, startLoading] = useTransition();
  const [language, setLanguage] = useState(wantedLanguages[0] ?? "en");
  const [offer, setOffer] = useState<Offer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!open) return;
    let isLatest = true;
    setOffer(null);
    setProblem(null);
    startLoading(async () => {
      try {
        const outcome = await offeredSubtitlesAction({ versionId, language });
        if (!isLatest) return;
        if (outcome.ok) setOffer(outcome.data);
        else setProblem(outcome.problem.detail);
      } catch {
        if (isLatest) setProblem(common("noAnswer"));
      }
    });
    return () => {
      isLatest = false;
    };
  }, [open, versionId, language, common]);

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("findTitle")}
      description={t("findDetail")}
      closeLabel={t("close")}
    >
      <LanguageSelect
        label={t("language")}
        languages={languages}
        current={language}
        value={language}
        onChange={(event) => setLanguage(event.target.value)}
      />
      {offer?.quota && (
        <p className="text-caption text-faint">
          {t("quota", { remaining: offer.quota.remaining })}{" "}
          {momentText(offer.quota.resetAt, new Date(), locale)}
        </p>
      )}
      {problem && (
        <Notice live tone="danger" title={t("findProblem")}>
          {problem}{" "}
          <Link href="/manage/settings/subtitles" className="underline">
            {t("toSettings")}
          </Link>
        </Notice>
      )}
      <div aria-busy={loading} aria-live="polite">
        {!offer && !problem && <Skeleton className="h-48" />}
        {offer?.items.length === 0 && <p className="text-faint">{t("findNone")}</p>}
        {offer && offer.items.length > 0 && (
          <ul className="divide-y divide-line rounded-lg border border-line bg-ink">
            {offer.items.map((candidate) => (
              <CandidateRow
                key={candidate.candidateId}
                candidate={candidate}
                versionId={versionId}
              />
            ))}
          </ul>
        )}
      </div>
    </PanelDialog>
  );
}
