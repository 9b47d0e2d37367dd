"use client";

import { Bookmark, CircleMinus, Info, Play, Star, X } from "lucide-react";
import Link from "next/link";
import { useLayoutEffect, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { MovieView } from "@/lib/movies/schema";
import { removeFromContinueAction, restoreProgressAction } from "@/lib/playback/actions";
import { Button } from "../ui/button";
import { LinkButton } from "../ui/link-button";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { durationText, percentText, timeLeft, yearOf } from "../words/measures";
import { Picture } from "./picture";
import { useMyList } from "./use-my-list";

/** How it came to be asked for: a finger gets a sheet, a key takes the focus along. */
export type Way = "pointer" | "focus" | "key" | "touch";

export interface OpenedCard {
  movie: MovieView;
  card: HTMLElement;
  way: Way;
}

const roomPx = 8;
const topBarPx = 72;

/** Over its card, as far as the window has room for it. */
function place(panel: HTMLElement, card: HTMLElement): void {
  const over = card.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const within = (wanted: number, least: number, most: number) =>
    Math.max(least, Math.min(wanted, most));
  const left = over.left + (over.width - width) / 2;
  const top = over.top + (over.height - height) / 2;
  panel.style.left = `${within(left, roomPx, document.documentElement.clientWidth - width - roomPx)}px`;
  panel.style.top = `${within(top, topBarPx, window.innerHeight - height - roomPx)}px`;
}

/**
 * What a card has no room for, with what can be done. Not modal: the focus may go on as if it were
 * not there. Default export because it is loaded when the first one is asked for.
 */
export default function CardPanel({
  opened,
  onClose,
}: {
  opened: OpenedCard;
  onClose: (refocus: boolean) => void;
}) {
  const { movie, card, way } = opened;
  const t = useTranslations("card");
  const box = useRef<HTMLDivElement>(null);
  const isSheet = way === "touch";

  // biome-ignore lint/correctness/useExhaustiveDependencies: another card is another place
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (!element.matches(":popover-open")) element.showPopover();
    if (!isSheet) place(element, card);
    if (way === "key" || isSheet) {
      element.querySelector<HTMLElement>("[data-card-stop]")?.focus({ preventScroll: true });
    }
  }, [movie.id, card, way]);

  function moveWithin(event: React.KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      onClose(true);
    } else if (step && box.current) {
      const stops = [...box.current.querySelectorAll<HTMLElement>("[data-card-stop]")];
      const isReversed = getComputedStyle(box.current).direction === "rtl";
      const at = stops.indexOf(document.activeElement as HTMLElement);
      stops[at + (isReversed ? -step : step)]?.focus();
      event.preventDefault();
    }
  }

  return (
    <div
      ref={box}
      popover="manual"
      role="dialog"
      aria-label={t("about", { title: movie.title })}
      data-card-panel
      onKeyDown={moveWithin}
      onClick={(event) => {
        if (isSheet && event.target === event.currentTarget) onClose(true);
      }}
      className={
        isSheet
          ? "inset-0 m-0 h-dvh max-h-none w-full max-w-none content-end bg-ink/70 p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] open:grid"
          : "fixed inset-auto m-0 w-80 overflow-visible bg-transparent p-0"
      }
    >
      <div
        // It covers the card that has the focus, and shows it in its stead.
        className={`panel max-h-[85dvh] w-full overflow-x-hidden overflow-y-auto overscroll-contain text-text ${
          way === "focus" ? "outline-2 outline-lamp" : ""
        }`}
      >
        <Top
          movie={movie}
          isSheet={isSheet}
          closeLabel={t("close")}
          onClose={() => onClose(true)}
        />
        <div className="grid gap-2.5 p-4">
          <h2 className="line-clamp-2 text-heading text-balance">
            <Link href={`/movies/${movie.id}`} prefetch={false} tabIndex={-1}>
              <bdi>{movie.title}</bdi>
            </Link>
          </h2>
          <Facts movie={movie} />
          {movie.overview && (
            <p className={`text-caption text-faint ${isSheet ? "line-clamp-5" : "line-clamp-2"}`}>
              {movie.overview}
            </p>
          )}
          <Buttons movie={movie} isSheet={isSheet} onClose={onClose} />
          {way === "focus" && (
            <p className="text-caption text-faint">
              {t.rich("keyHint", {
                key: (chunks) => (
                  <kbd className="rounded border border-edge px-1.5 font-sans">{chunks}</kbd>
                ),
              })}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}

interface TopProps {
  movie: MovieView;
  isSheet: boolean;
  closeLabel: string;
  onClose: () => void;
}

function Top({ movie, isSheet, closeLabel, onClose }: TopProps) {
  return (
    <div className="relative">
      <Link
        href={`/movies/${movie.id}`}
        prefetch={false}
        tabIndex={-1}
        aria-hidden
        className={`block bg-raised ${movie.backdrop ? "aspect-video" : "h-3"}`}
      >
        {movie.backdrop && (
          <Picture
            picture={movie.backdrop}
            sizes={isSheet ? "100vw" : "20rem"}
            first
            className="size-full"
          />
        )}
      </Link>
      {isSheet && (
        <Button
          square
          aria-label={closeLabel}
          onClick={onClose}
          className="absolute! end-2 top-2 bg-ink/85!"
        >
          <X aria-hidden className="size-5" />
        </Button>
      )}
    </div>
  );
}

function Facts({ movie }: { movie: MovieView }) {
  const t = useTranslations("card");
  const locale = useLocale();
  const { score, runtimeMinutes, genres } = movie;
  const facts = [
    yearOf(movie.releaseDate),
    runtimeMinutes ? durationText(runtimeMinutes * 60, locale) : null,
    movie.quality,
  ].filter((fact) => fact !== null);
  const scoreText = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return (
    <div className="grid gap-1 text-caption text-faint" data-numbers>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
        {score !== null && (
          <span className="flex items-center gap-1">
            <Star aria-hidden className="size-3.5 fill-lamp text-lamp" />
            <span className="font-semibold text-text">{scoreText.format(score)}</span>
            {t("scoreSource")}
          </span>
        )}
      </p>
      {genres.length > 0 && (
        <p className="truncate">{genres.map((genre) => genre.name).join(" · ")}</p>
      )}
    </div>
  );
}

interface ButtonsProps {
  movie: MovieView;
  isSheet: boolean;
  onClose: (refocus: boolean) => void;
}

function Buttons({ movie, isSheet, onClose }: ButtonsProps) {
  const t = useTranslations("card");
  const common = useTranslations("common");
  const locale = useLocale();
  const list = useMyList(movie.id, movie.title, movie.inList);
  const { run } = useCommand();
  const { id: movieId, title, progress, preparing } = movie;
  const canPlay = movie.status === "ready" || movie.quality !== null;

  function removeFromContinue() {
    onClose(false);
    run(
      () => removeFromContinueAction({ movieId }),
      (removed) =>
        showToast({
          message: t("removedFromContinue", { title }),
          action: removed
            ? {
                label: common("undo"),
                run: () => run(() => restoreProgressAction({ movieId, ...removed })),
              }
            : undefined,
        }),
    );
  }

  return (
    <>
      {!canPlay && (
        <p className="text-caption font-medium">
          {t(`status.${movie.status}`)}
          {preparing?.progress != null && ` · ${percentText(preparing.progress, locale)}`}
        </p>
      )}
      {canPlay && (
        <LinkButton tone="primary" data-card-stop href={`/watch/${movieId}`} className="w-full">
          <Play aria-hidden className="size-5 fill-current" />
          {progress ? t("resume", { time: timeLeft(progress, locale) }) : t("play")}
        </LinkButton>
      )}
      <div className="flex gap-2">
        <Button
          data-card-stop
          aria-pressed={list.value}
          onClick={() => {
            list.toggle();
            // Under the sheet nobody would see what is said about it.
            if (isSheet) onClose(true);
          }}
          className="grow"
        >
          <Bookmark aria-hidden className={`size-5 ${list.value ? "fill-lamp text-lamp" : ""}`} />
          {t("myList")}
        </Button>
        <LinkButton data-card-stop href={`/movies/${movieId}`} className="grow">
          <Info aria-hidden className="size-5" />
          {t("details")}
        </LinkButton>
        {progress && (
          <Button
            square
            data-card-stop
            aria-label={t("removeFromContinue")}
            title={t("removeFromContinue")}
            onClick={removeFromContinue}
          >
            <CircleMinus aria-hidden className="size-5" />
          </Button>
        )}
      </div>
    </>
  );
}
