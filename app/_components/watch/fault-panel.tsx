"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { makeSmallerAction } from "@/lib/versions/actions";
import type { WatchFacts } from "./facts";
import { type Fault, whenBack } from "./faults";

interface FaultPanelProps {
  fault: Fault;
  movieId: string;
  streamUrl: string;
  convert: WatchFacts["convert"];
  onRetry: () => void;
  /** Called as the person goes to sign in: they come back to the same place. */
  onSignIn: () => void;
}

/** Why the film stopped, in words, with the button that helps. */
export function FaultPanel(props: FaultPanelProps) {
  const t = useTranslations("player");
  const { fault } = props;
  return (
    <div role="alert" className="player-fault watch-own">
      <p className="text-heading">{t(`${fault}Title`)}</p>
      <p className="max-w-prose text-faint">{t(`${fault}Detail`)}</p>
      <div className="flex flex-wrap justify-center gap-3">
        <Help {...props} />
      </div>
    </div>
  );
}

function Help({ fault, movieId, streamUrl, convert, onRetry, onSignIn }: FaultPanelProps) {
  const t = useTranslations("player");
  useEffect(() => {
    return fault === "network" ? whenBack(streamUrl, onRetry) : undefined;
  }, [fault, streamUrl, onRetry]);
  const retry = (
    <button type="button" className="watch-button watch-button-first" onClick={onRetry}>
      {t("retry")}
    </button>
  );
  const toMovie = (isFirst: boolean) => (
    <Link
      href={`/movies/${movieId}`}
      className={isFirst ? "watch-button watch-button-first" : "watch-button"}
    >
      {t("toMovie")}
    </Link>
  );
  switch (fault) {
    case "network":
      return retry;
    case "gone":
      return toMovie(true);
    case "signedOut":
      return (
        <Link
          href={`/sign-in?next=${encodeURIComponent(`/watch/${movieId}`)}`}
          prefetch={false}
          className="watch-button watch-button-first"
          onClick={onSignIn}
        >
          {t("signIn")}
        </Link>
      );
    default:
      return (
        <>
          {convert ? <Convert convert={convert} /> : retry}
          {toMovie(false)}
          <a href={`${streamUrl}?download=1`} download className="watch-button">
            {t("download")}
          </a>
        </>
      );
  }
}

/** Asks for a version that every browser plays; the movie's page shows how far it is. */
function Convert({ convert }: { convert: NonNullable<WatchFacts["convert"]> }) {
  const t = useTranslations("player");
  const [state, setState] = useState<"ready" | "asking" | "asked" | "failed">("ready");
  const ask = async () => {
    setState("asking");
    const result = await makeSmallerAction(convert).catch(() => null);
    setState(result?.ok ? "asked" : "failed");
  };
  if (state === "asked") return <p role="status">{t("converting")}</p>;
  return (
    <>
      <button
        type="button"
        className="watch-button watch-button-first"
        disabled={state === "asking"}
        onClick={ask}
      >
        {t("convert")}
      </button>
      {state === "failed" && <p role="status">{t("convertFailed")}</p>}
    </>
  );
}
