"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { chapterBeside } from "@/lib/versions/chapters";
import { keepLeftAt } from "../player/left-at";
import { listenToKeys } from "../player/shortcuts";
import { markChapters, type NamedChapter } from "./chapter-marks";
import type { WatchFacts } from "./facts";
import { FaultPanel } from "./fault-panel";
import type { Fault } from "./faults";
import { tellSystem } from "./media-session";
import { StartOffer } from "./start-offer";
import { Tools } from "./tools";
import { listenToTouch } from "./touch";
import { useNotes } from "./use-notes";
import { keepScreenOn } from "./wake-lock";
import { offersNextFrom } from "./when-over";
import "./watch.css";

const KeysSheet = dynamic(() => import("./keys-sheet").then((part) => part.KeysSheet));
const ChapterList = dynamic(() => import("./chapter-list").then((part) => part.ChapterList));
const loadNextUp = () => import("./next-up").then((part) => part.NextUp);
const NextUp = dynamic(loadNextUp);
/** So long before it is shown the card is fetched. */
const fetchedBeforeSeconds = 60;

export interface AroundProps {
  /** Made anew for another film and after a fault; everything here follows it. */
  player: Player;
  movieId: string;
  version: { id: string; streamUrl: string };
  facts: WatchFacts;
  /** Where the film began, in seconds; null when it goes on after a fault. */
  startSeconds: number | null;
  fault: Fault | null;
  /** Has to be the same function on every render, as the next one. */
  onRetry: () => void;
  toggleSubtitles: () => void;
}

/** Everything around the picture: keys, fingers, notes, chapters, what is next, and what went wrong. */
export function Around(props: AroundProps) {
  const { player, movieId, version, facts, fault, toggleSubtitles } = props;
  const router = useRouter();
  const notes = useNotes(player);
  const [sheet, setSheet] = useState<"keys" | "chapters" | null>(null);
  const chapters = useNamedChapters(facts, version.id);
  const nextId = facts.next?.id;
  const goNext = useCallback(() => {
    if (nextId) router.push(`/watch/${nextId}`);
  }, [router, nextId]);

  useEffect(() => {
    return listenToKeys(player, {
      ...{ toggleSubtitles, next: goNext, say: notes.say },
      leave: () => router.push(`/movies/${movieId}`),
      showKeys: () => setSheet("keys"),
      goToChapter: (direction) => goToChapter(player, chapters, direction),
    });
  }, [player, toggleSubtitles, goNext, notes, router, movieId, chapters]);
  useEffect(() => listenToTouch(player, notes), [player, notes]);
  useEffect(() => keepScreenOn(player), [player]);
  useEffect(
    () => tellSystem(player, facts, nextId ? goNext : null),
    [player, facts, nextId, goNext],
  );
  useEffect(() => markChapters(player, chapters), [player, chapters]);

  const container = player.el() as HTMLElement;
  const close = () => setSheet(null);
  return createPortal(
    <div className="watch-around">
      <Tools
        player={player}
        versionId={version.id}
        mayCast={facts.mayCast}
        onChapters={chapters.length > 0 ? () => setSheet("chapters") : null}
        onKeys={() => setSheet("keys")}
      />
      {props.startSeconds !== null && (
        <StartOffer
          player={player}
          startSeconds={props.startSeconds}
          earlierPlaces={facts.earlierPlaces}
        />
      )}
      {facts.next && !fault && <Next {...props} next={facts.next} onPlay={goNext} />}
      {sheet === "keys" && (
        <KeysSheet
          container={container}
          has={{ chapters: chapters.length > 0, next: nextId !== undefined }}
          onClose={close}
        />
      )}
      {sheet === "chapters" && (
        <ChapterList container={container} player={player} chapters={chapters} onClose={close} />
      )}
      {fault && (
        <FaultPanel
          fault={fault}
          movieId={movieId}
          streamUrl={version.streamUrl}
          convert={facts.convert}
          onRetry={props.onRetry}
          onSignIn={() => {
            keepLeftAt(movieId, player.currentTime() ?? 0, { isForSignIn: true });
          }}
        />
      )}
    </div>,
    container,
  );
}

/** Chapters with a name each: those that have only a number are named in the reader's language. */
function useNamedChapters(facts: WatchFacts, versionId: string): NamedChapter[] {
  const t = useTranslations("watch");
  const list = facts.chapters[versionId]?.list;
  return useMemo(
    () =>
      (list ?? []).map(({ title, ...chapter }, index) => ({
        ...chapter,
        name: title ?? t("chapterNumber", { number: index + 1 }),
      })),
    [list, t],
  );
}

function goToChapter(
  player: Player,
  chapters: readonly NamedChapter[],
  direction: "previous" | "next",
): string | null {
  const target = chapterBeside(chapters, player.currentTime() ?? 0, direction);
  if (target === null) return null;
  player.currentTime(target);
  return chapters.find(({ startSeconds }) => startSeconds === target)?.name ?? null;
}

/** Offers the next movie once the film is over, and takes the offer back when somebody goes back. */
function Next({
  player,
  version,
  facts,
  next,
  onPlay,
}: Pick<AroundProps, "player" | "version" | "facts"> & {
  next: NonNullable<WatchFacts["next"]>;
  onPlay: () => void;
}) {
  const [isOver, setIsOver] = useState(false);
  const [isDeclined, setIsDeclined] = useState(false);
  const credits = facts.chapters[version.id]?.creditsStartSeconds ?? null;
  useEffect(() => {
    const look = () => {
      const durationSeconds = player.duration() ?? 0;
      if (!(durationSeconds > 0)) return;
      const from = offersNextFrom(durationSeconds, credits);
      const seconds = player.currentTime() ?? 0;
      if (seconds >= from - fetchedBeforeSeconds) void loadNextUp().catch(() => {});
      const isNow = player.ended() || seconds >= from;
      setIsOver(isNow);
      // Who goes back and comes to the end again is asked again.
      if (!isNow) setIsDeclined(false);
    };
    player.on(["timeupdate", "seeking", "seeked", "ended"], look);
    return () => {
      if (!player.isDisposed()) player.off(["timeupdate", "seeking", "seeked", "ended"], look);
    };
  }, [player, credits]);
  if (!isOver || isDeclined) return null;
  return (
    <NextUp player={player} next={next} onPlay={onPlay} onCancel={() => setIsDeclined(true)} />
  );
}
