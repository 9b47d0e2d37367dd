import { ChevronDown, ChevronUp, Hand, Pause, Play, Undo2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import videojs from "video.js/core";
import type Player from "video.js/dist/types/player";
import {
  type Heard,
  leastApartMs,
  ownMs,
  shownMs,
  type Timing,
  timingOfOne,
  timingOfTwo,
} from "@/lib/subtitles/timing";
import type { Line } from "../cue-timing";
import "./sync-page.css";
import type { PageProps } from "./menu-panel";
import { TimingSaved, TimingText } from "./timing-text";

/** As many lines as are listed at once, and as many of them that were spoken already. */
const listed = 24;
const before = 4;

const nowMs = (player: Player) => (player.currentTime() ?? 0) * 1000;

/** The place in the list where a listing should begin for what is spoken now. */
function placeOfNow(lines: readonly Line[], player: Player, timing: Timing): number {
  const now = ownMs(nowMs(player), timing);
  const next = lines.findIndex(({ startMs }) => startMs >= now);
  return Math.max(0, (next < 0 ? lines.length : next) - before);
}

/** What was tapped, and how things were before. */
interface Tap {
  heard: Heard;
  before: Timing;
  said: "oneTap" | "twoTaps" | "tapsDisagree";
}

/** A person picks a line and taps when it is spoken: the subtitle is moved there. */
export function SyncPage({ player, subtitles, mayMend }: PageProps) {
  const t = useTranslations("playerMenu");
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const shown = subtitles.shown();
  const lines = subtitles.lines();
  const [start, setStart] = useState<number | null>(null);
  const [picked, setPicked] = useState<Line | null>(null);
  const [taps, setTaps] = useState<Tap[]>([]);
  const anchor = useRef<number>(null);
  // The list follows the film, but not under the finger of who reads in it.
  const follow = useEffectEvent(() => {
    if (!shown || start !== null || picked || anchor.current === null) return;
    const place = placeOfNow(lines, player, subtitles.timing(shown.id));
    if (place >= anchor.current && place <= anchor.current + listed / 2) return;
    anchor.current = place;
    redraw();
  });
  useEffect(() => {
    const kinds = ["timeupdate", "seeked"];
    const listen = () => follow();
    player.on(kinds, listen);
    return () => {
      if (!player.isDisposed()) player.off(kinds, listen);
    };
  }, [player]);
  if (!shown || lines.length === 0) {
    return <p className="player-menu-hint">{t(shown ? "loading" : "noneShown")}</p>;
  }
  const timing = subtitles.timing(shown.id);
  anchor.current ??= placeOfNow(lines, player, timing);
  const from = start ?? anchor.current;
  const last = taps.at(-1);

  const tap = () => {
    if (!picked) return;
    const heard = { ownMs: picked.startMs, filmMs: nowMs(player) };
    const earlier = last && Math.abs(last.heard.ownMs - heard.ownMs) >= leastApartMs ? last : null;
    const both = earlier && timingOfTwo(earlier.heard, heard);
    const said = both ? "twoTaps" : earlier ? "tapsDisagree" : "oneTap";
    setTaps([...taps, { heard, before: timing, said }]);
    subtitles.setTiming(shown.id, both ?? timingOfOne(heard, timing.speed));
    setPicked(null);
    setStart(null);
    anchor.current = null;
  };
  const undo = () => {
    if (!last) return;
    subtitles.setTiming(shown.id, last.before);
    setTaps(taps.slice(0, -1));
  };
  const togglePlay = () => {
    if (player.paused()) player.play()?.catch(() => {});
    else player.pause();
    redraw();
  };
  // Space taps wherever the focus is: the eyes are on the film.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) tap();
  };
  const time = (line: Line) =>
    videojs.formatTime(Math.max(0, shownMs(line.startMs, timing)) / 1000, player.duration());
  const listing = lines.slice(from, from + listed);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: one key for all that is inside
    <div className="player-sync" onKeyDown={onKeyDown}>
      <p className="player-menu-hint">{t(last ? last.said : "syncHow")}</p>
      <div role="menu" aria-label={t("lines")} className="player-menu-body player-sync-lines">
        {from > 0 && (
          <button
            type="button"
            className="player-menu-item text-faint"
            onClick={() => setStart(Math.max(0, from - listed))}
          >
            <ChevronUp aria-hidden className="size-5" />
            {t("earlierLines")}
          </button>
        )}
        {listing.map((line, at) => (
          <button
            key={`${line.startMs}-${line.text}`}
            type="button"
            role="menuitemradio"
            aria-checked={picked?.startMs === line.startMs && picked.text === line.text}
            data-first={at === Math.min(before, listing.length - 1) || undefined}
            className="player-menu-item player-sync-line"
            onClick={() => {
              setStart(from);
              setPicked(line);
            }}
          >
            <span data-numbers className="player-sync-time">
              {time(line)}
            </span>
            <span dir="auto">{line.text}</span>
          </button>
        ))}
        {from + listed < lines.length && (
          <button
            type="button"
            className="player-menu-item text-faint"
            onClick={() => setStart(from + listed)}
          >
            <ChevronDown aria-hidden className="size-5" />
            {t("laterLines")}
          </button>
        )}
      </div>
      <div className="player-sync-foot">
        <button type="button" className="player-sync-tap" aria-disabled={!picked} onClick={tap}>
          <Hand aria-hidden className="size-6" />
          {t(picked ? "tapNow" : "pickFirst")}
        </button>
        <div className="player-menu-row">
          <button
            type="button"
            className="player-menu-icon"
            aria-label={t(player.paused() ? "play" : "pause")}
            onClick={togglePlay}
          >
            {player.paused() ? (
              <Play aria-hidden className="size-5" />
            ) : (
              <Pause aria-hidden className="size-5" />
            )}
          </button>
          <TimingText timing={timing} />
          <button
            type="button"
            className="player-menu-icon"
            aria-label={t("undo")}
            disabled={!last}
            onClick={undo}
          >
            <Undo2 aria-hidden className="size-5" />
          </button>
        </div>
        <TimingSaved subtitles={subtitles} id={shown.id} mayMend={mayMend} />
      </div>
    </div>
  );
}
