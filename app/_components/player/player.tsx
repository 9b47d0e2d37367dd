"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import videojs from "video.js/core";
import "video.js/dist/video-js.css";
import "./player.css";
import { LivePage } from "../live/live-page";
import { Around } from "../watch/around";
import type { WatchFacts } from "../watch/facts";
import { type Fault, faultBehind, watchStandstill } from "../watch/faults";
import { rememberAudioTrack } from "./audio-tracks";
import { leftAt } from "./left-at";
import { playHls } from "./play-hls";
import { showPreviews } from "./previews";
import { remember, remembered } from "./remembered";
import { saveProgress } from "./save-progress";
import { type PlayerSubtitle, type SubtitleTracks, subtitleTracks } from "./subtitle-tracks";

export interface PlayerProps {
  movieId: string;
  title: string;
  streamUrl: string;
  /** The same film with every sound track; null when it has one. */
  hlsUrl: string | null;
  posterUrl: string | null;
  /** Pictures for the seek bar; null while there are none. */
  previewUrl: string | null;
  /** Where this person stopped; 0 for the beginning. */
  startSeconds: number;
  subtitles: PlayerSubtitle[];
  /** The household's, in order of preference. */
  subtitleLanguages: string[];
  versionId: string;
  facts: WatchFacts;
}

type Made = ReturnType<typeof videojs>;

const followed = ["movie"] as const;
const rates = [0.5, 0.75, 1, 1.25, 1.5, 2];

function options(
  props: PlayerProps,
  { language, isPlain, autoplay }: { language: string; isPlain: boolean; autoplay: boolean },
): object {
  return {
    controls: true,
    autoplay,
    fill: true,
    playsinline: true,
    preload: "auto",
    playbackRates: rates,
    language,
    // One look for subtitles in every browser, and none of them fetched before it is switched on.
    html5: { nativeTextTracks: false, preloadTextTracks: false },
    persistTextTrackSettings: true,
    inactivityTimeout: 2500,
    controlBar: {
      skipButtons: { forward: 10, backward: 10 },
      volumePanel: { inline: true },
    },
    ...(isPlain ? { sources: [{ src: props.streamUrl, type: "video/mp4" }] } : {}),
    ...(props.posterUrl ? { poster: props.posterUrl } : {}),
  };
}

/** The film, and nothing else: what is around it fades while it plays. */
export function Player(props: PlayerProps) {
  const t = useTranslations("player");
  const frame = useRef<HTMLDivElement>(null);
  const [isActive, setIsActive] = useState(true);
  const [fault, setFault] = useState<Fault | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [failedHlsUrl, setFailedHlsUrl] = useState<string | null>(null);
  // Where a player was when it failed: the next one goes on from there.
  const failedAt = useRef<{ movieId: string; seconds: number; isPaused: boolean }>(null);
  const tracks = useRef<SubtitleTracks>(null);
  const made = useRef<Made>(null);
  /** For what is around it, with where it began. */
  const [shown, setShown] = useState<{ player: Made; startSeconds: number | null } | null>(null);
  const { movieId, subtitles: offered } = props;
  const hlsUrl = props.hlsUrl === failedHlsUrl ? null : props.hlsUrl;
  const back = `/movies/${movieId}`;

  // The player lives outside React: it is made once per film and attempt, and thrown away whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new film, address or attempt makes a new player, nothing else does
  useEffect(() => {
    if (!frame.current) return;
    const element = document.createElement("video-js");
    element.classList.add("vjs-vigilio");
    frame.current.appendChild(element);
    const failed = failedAt.current?.movieId === movieId ? failedAt.current : null;
    const player = videojs(
      element,
      options(props, {
        language: document.documentElement.lang,
        isPlain: hlsUrl === null,
        autoplay: !failed?.isPaused,
      }),
    );
    made.current = player;

    const volume = Number.parseFloat(remembered("volume") ?? "1");
    player.volume(Number.isFinite(volume) ? volume : 1);
    player.muted(remembered("muted") === "true");
    player.on("volumechange", () => {
      remember("volume", String(player.volume()));
      remember("muted", String(player.muted()));
    });
    const startSeconds = failed?.seconds ?? leftAt(movieId) ?? props.startSeconds;
    let seconds = startSeconds;
    let hasPlayed = false;
    player.one("play", () => {
      hasPlayed = true;
    });
    player.one("loadedmetadata", () => {
      if (startSeconds > 0) player.currentTime(startSeconds);
      // Where somebody sought to is their place, also when nothing of it arrives.
      player.on(["timeupdate", "seeking"], () => {
        seconds = player.currentTime() ?? seconds;
      });
    });
    setFault(null);
    const keepPlace = () => {
      failedAt.current = { movieId, seconds, isPaused: hasPlayed && player.paused() };
    };
    // A browser that knows the sound and not the picture would play on in the dark.
    player.one("loadeddata", () => {
      if (player.videoWidth() > 0) return;
      keepPlace();
      player.pause();
      setFault("noPicture");
    });
    player.on("useractive", () => setIsActive(true));
    player.on("userinactive", () => setIsActive(player.paused()));
    player.on(["pause", "ended"], () => setIsActive(true));

    // Tracks belong to what plays them, which video.js makes a moment later.
    player.ready(() => {
      const subtitles = subtitleTracks(player, props.subtitleLanguages);
      subtitles.offer(offered);
      tracks.current = subtitles;
    });
    const stopAudio = rememberAudioTrack(player);
    if (hlsUrl) {
      player.ready(() => {
        void playHls(player, hlsUrl, () => {
          keepPlace();
          setFailedHlsUrl(hlsUrl);
        });
      });
    } else {
      player.on("error", () => {
        keepPlace();
        void faultBehind(props.streamUrl, player.error()?.code).then((found) => {
          if (!player.isDisposed()) setFault(found);
        });
      });
    }
    const stopSaving = saveProgress(player, movieId);
    const stopStandstill = watchStandstill(player, props.streamUrl, (found) => {
      keepPlace();
      setFault(found);
    });
    setShown({ player, startSeconds: failed ? null : startSeconds });
    return () => {
      stopAudio();
      stopSaving();
      stopStandstill();
      setShown(null);
      tracks.current?.stop();
      tracks.current = null;
      made.current = null;
      player.dispose();
    };
  }, [movieId, props.streamUrl, hlsUrl, attempt]);

  // Subtitles are found while people watch already: those that arrive join the menu.
  useEffect(() => tracks.current?.offer(offered), [offered]);

  // They are made after the film: whoever watches meanwhile gets them, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new player (see above) needs them as well
  useEffect(() => {
    if (!made.current || !props.previewUrl) return;
    return showPreviews(made.current, props.previewUrl);
  }, [props.previewUrl, movieId, props.streamUrl, attempt]);

  const retry = useCallback(() => {
    setFault(null);
    setFailedHlsUrl(null);
    setAttempt((count) => count + 1);
  }, []);
  const toggleSubtitles = useCallback(() => tracks.current?.toggle(), []);

  return (
    <div className="fixed inset-0 bg-ink" data-active={isActive || fault !== null}>
      <LivePage on={followed} movieId={movieId} />
      <div ref={frame} className="absolute inset-0" />
      <header className="player-top">
        <Link href={back} className="player-back" aria-label={t("back")}>
          <ArrowLeft aria-hidden className="size-6 rtl:-scale-x-100" />
        </Link>
        <h1 className="truncate text-heading">{props.title}</h1>
      </header>
      {shown && (
        <Around
          player={shown.player}
          movieId={movieId}
          version={{ id: props.versionId, streamUrl: props.streamUrl }}
          facts={props.facts}
          startSeconds={shown.startSeconds}
          fault={fault}
          onRetry={retry}
          toggleSubtitles={toggleSubtitles}
        />
      )}
    </div>
  );
}
