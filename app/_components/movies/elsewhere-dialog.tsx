"use client";

import { Check, Copy, ExternalLink, ListVideo } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { Button } from "../ui/button";
import { buttonClass } from "../ui/button-look";
import { controlClass } from "../ui/field";
import { Notice } from "../ui/notice";
import { PanelDialog } from "../ui/panel-dialog";
import { Skeleton } from "../ui/skeleton";
import type { OpenElsewhereProps } from "./open-elsewhere";
import { playerLinks, playlist, playlistName, type Ticket } from "./player-links";

interface ElsewhereDialogProps extends OpenElsewhereProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A link that needs no sign-in, a playlist, and the programs that this device can open. */
export function ElsewhereDialog(props: ElsewhereDialogProps) {
  const { open, onOpenChange, versionId, title, durationSeconds } = props;
  const t = useTranslations("versionMenu");
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isWanted = true;
    setProblem(null);
    askTicket(versionId)
      .then((got) => isWanted && setTicket(got))
      .catch((error: Error) => isWanted && setProblem(error.message || t("elsewhereFailed")));
    return () => {
      isWanted = false;
    };
  }, [versionId, attempt, t]);

  return (
    <PanelDialog
      open={open}
      onOpenChange={onOpenChange}
      title={t("elsewhereTitle")}
      description={t("elsewhereDescription")}
      closeLabel={t("close")}
    >
      {problem !== null ? (
        <Notice
          live
          tone="danger"
          title={t("elsewhereFailedTitle")}
          action={
            <Button onClick={() => setAttempt((made) => made + 1)}>{t("elsewhereAgain")}</Button>
          }
        >
          {problem}
        </Notice>
      ) : ticket ? (
        <Ways ticket={ticket} film={{ title, durationSeconds }} />
      ) : (
        <div role="status" aria-label={t("elsewhereLoading")} className="grid gap-4">
          <Skeleton className="h-20" />
          <Skeleton className="h-11 w-48" />
          <Skeleton className="h-11 w-64" />
        </div>
      )}
    </PanelDialog>
  );
}

/** @throws Error with the server's own words, or none. */
async function askTicket(versionId: string): Promise<Ticket> {
  const response = await fetch(`/api/v1/versions/${versionId}/ticket`, { method: "POST" }).catch(
    () => null,
  );
  const answer: unknown = await response?.json().catch(() => null);
  if (response?.ok) return answer as Ticket;
  throw new Error((answer as { detail?: string } | null)?.detail ?? "");
}

interface WaysProps {
  ticket: Ticket;
  film: { title: string; durationSeconds: number | null };
}

function Ways({ ticket, film }: WaysProps) {
  const t = useTranslations("versionMenu");
  const common = useTranslations("common");
  const locale = useLocale();
  const id = useId();
  const [copied, setCopied] = useState(false);
  const [file, setFile] = useState<string | undefined>();
  const links = playerLinks(ticket.streamUrl, film.title, {
    userAgent: navigator.userAgent,
    touchPoints: navigator.maxTouchPoints,
  });
  const until = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    hour: "numeric",
    minute: "2-digit",
  }).format(new Date(ticket.expiresAt));

  useEffect(() => {
    const bytes = new Blob([playlist(ticket, film)], { type: "audio/x-mpegurl" });
    const address = URL.createObjectURL(bytes);
    setFile(address);
    return () => URL.revokeObjectURL(address);
  }, [ticket, film]);

  async function copy() {
    // Only there on https and on this machine itself; elsewhere the text is selected by hand.
    await navigator.clipboard?.writeText(ticket.streamUrl);
    setCopied(navigator.clipboard !== undefined);
  }

  const CopyIcon = copied ? Check : Copy;
  return (
    <div className="grid gap-5">
      {links.length > 0 && (
        <div className="flex flex-wrap gap-2">
          {links.map(({ player, href }) => (
            <a key={player} href={href} className={buttonClass()}>
              <ExternalLink aria-hidden className="size-5" />
              {t(`player.${player}`)}
            </a>
          ))}
        </div>
      )}
      <div className="grid justify-items-start gap-1.5">
        <a href={file} download={playlistName(film.title)} className={buttonClass()}>
          <ListVideo aria-hidden className="size-5" />
          {t("playlist")}
        </a>
        <p className="text-caption text-faint">{t("playlistHint")}</p>
      </div>
      <div className="grid gap-1.5">
        <label htmlFor={id} className="font-medium">
          {t("link")}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            readOnly
            dir="ltr"
            value={ticket.streamUrl}
            onFocus={(event) => event.target.select()}
            aria-describedby={`${id}-hint`}
            className={`${controlClass} min-w-0 text-caption`}
          />
          <Button onClick={copy}>
            <CopyIcon aria-hidden className="size-5" />
            {copied ? common("copied") : common("copy")}
          </Button>
        </div>
        <p id={`${id}-hint`} className="text-caption text-faint">
          {t("linkHint")}
        </p>
      </div>
      <p data-numbers className="text-caption text-faint">
        {t("linkUntil", { until })}
      </p>
    </div>
  );
}
