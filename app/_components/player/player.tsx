"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useCallback, useEffect, useRef, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import videojs from "video.js/core";
import "video.js/dist/video-js.css";
import "./player.css";
import "./cues.css";
import { LivePage } from "../live/live-page";
import { Around } from "../watch/around";
import type { WatchFacts } from "../watch/facts";
import type { Fault } from "../watch/faults";
import { followAudioTrack } from "./audio-tracks";
import { type Choices, personChoices } from "./choices";
import { controlWords } from "./control-words";
import { listenToDelayKeys } from "./delay-keys";
import { leftAt } from "./left-at";
import { type Menu, useMenu } from "./menu/use-menu";
import { signedDelay } from "./menu/words";
import { loadHls } from "./play-hls";
import { type Place, playVersion } from "./play-version";
import { playerOptions } from "./player-options";
import { showPreviews } from "./previews";
import { remember, remembered } from "./remembered";
import { saveProgress } from "./save-progress";
import { rememberVersion, startVersion } from "./start-version";
import { applyLook, keepAboveControls, wholeLook } from "./subtitle-look";
import { type SubtitleTracks, subtitleTracks } from "./subtitle-tracks";
import type { PlayerVersion, WatchingPerson } from "./watchable";

export interface PlayerProps {
  movieId: string;
  title: string;
  /** Those that are ready; at least one. */
  versions: PlayerVersion[];
  posterUrl: string | null;
  /** Where this person stopped; 0 for the beginning. */
  startSeconds: number;
  watching: WatchingPerson;
  facts: WatchFacts;
  /** The household's, in order of preference. */
  subtitleLanguages: string[];
}

type Made = ReturnType<typeof videojs>;

/** What another version may do better. */
const ofTheVersion: readonly Fault[] = ["unplayable", "noPicture", "gone"];

const followed = ["movie"] as const;

/** The film, and nothing else: what is around it fades while it plays. */
export function Player(props: PlayerProps) {
  const t = useTranslations("player");
  const said = useTranslations("playerMenu");
  const locale = useLocale();
  const frame = useRef<HTMLDivElement>(null);
  const [isActive, setIsActive] = useState(true);
  const [fault, setFault] = useState<Fault | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [failedHlsUrl, setFailedHlsUrl] = useState<string | null>(null);
  const [playing, setPlaying] = useState<PlayerVersion | null>(null);
  const failedVersions = useRef(new Set<string>());
  // Where the film is: what plays it next goes on from there.
  const place = useRef<Place & { movieId: string }>(null);
  const choices = useRef<Choices & { movieId: string }>(null);
  const tracks = useRef<SubtitleTracks>(null);
  const made = useRef<Made>(null);
  /** For what is around it, with where it began; null seconds when it goes on. */
  const [shown, setShown] = useState<{ player: Made; startSeconds: number | null } | null>(null);
  const { movieId, versions } = props;
  // As it is now: its address changes when a better file takes its place.
  const version = versions.find(({ id }) => id === playing?.id) ?? playing;
  const hlsUrl = !version || version.hlsUrl === failedHlsUrl ? null : version.hlsUrl;
  const back = `/movies/${movieId}`;

  const play = (next: PlayerVersion) => {
    rememberVersion(next);
    failedVersions.current.clear();
    setFault(null);
    setPlaying(next);
  };
  const menu: Menu = useMenu({ versions, version, play, mayMend: props.watching.mayMend });

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is offered later is chosen by hand
  useEffect(() => {
    let isStopped = false;
    // Whoever plays it says so when it can't be had.
    if (versions.some(({ hlsUrl: url }) => url !== null)) loadHls().catch(() => undefined);
    void startVersion(versions).then((first) => {
      if (!isStopped) setPlaying(first);
    });
    return () => {
      isStopped = true;
    };
  }, [movieId]);

  // The player lives outside React: it is made once per film and attempt, and thrown away whole.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new film or attempt makes a new player, nothing else does
  useEffect(() => {
    if (!frame.current) return;
    const element = document.createElement("video-js");
    element.classList.add("vjs-vigilio");
    frame.current.appendChild(element);
    const { posterUrl } = props;
    videojs.addLanguage(document.documentElement.lang, controlWords(t));
    const player = videojs(
      element,
      playerOptions({ language: document.documentElement.lang, posterUrl }),
    );
    made.current = player;
    if (choices.current?.movieId !== movieId) {
      choices.current = Object.assign(personChoices(movieId, props.watching), { movieId });
    }
    let startSeconds: number | null = null;
    if (place.current?.movieId !== movieId) {
      startSeconds = leftAt(movieId) ?? props.startSeconds;
      place.current = { movieId, seconds: startSeconds, isPaused: false };
    }

    const volume = Number.parseFloat(remembered("volume") ?? "1");
    player.volume(Number.isFinite(volume) ? volume : 1);
    player.muted(remembered("muted") === "true");
    player.on("volumechange", () => {
      remember("volume", String(player.volume()));
      remember("muted", String(player.muted()));
    });
    player.on("useractive", () => setIsActive(true));
    player.on("userinactive", () => setIsActive(player.paused()));
    player.on(["pause", "ended"], () => setIsActive(true));
    applyLook(player.el() as HTMLElement, wholeLook(choices.current.preferences.subtitleLook));
    const stopPlacing = keepAboveControls(player, () => tracks.current?.redraw());
    const stopMenu = menu.attach(player, choices.current);
    const stopDelayKeys = listenToDelayKeys(
      player,
      () => tracks.current,
      (offsetMs) => said("delayIs", { delay: signedDelay(offsetMs, locale) }),
    );
    const stopSaving = saveProgress(player, movieId);
    setShown({ player, startSeconds });
    return () => {
      stopPlacing();
      stopMenu();
      stopDelayKeys();
      stopSaving();
      setShown(null);
      made.current = null;
      player.dispose();
    };
  }, [movieId, attempt]);

  // What plays in it can change while it is there: another version, or the whole file for HLS.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another film, address or attempt plays anew, nothing else does
  useEffect(() => {
    const player = made.current;
    const person = choices.current;
    if (!player || !person || !version) return;
    setFault(null);
    const { mayMend } = props.watching;
    const household = props.subtitleLanguages;
    const subtitles = subtitleTracks(player, { choices: person, household, locale, mayMend });
    tracks.current = subtitles;
    const unmount = menu.follow(subtitles);
    subtitles.hear(version.heard);
    // Tracks belong to what plays them, which video.js makes a moment later.
    player.ready(() => subtitles.offer(version.subtitles));
    const { preferences, choice } = person;
    const stopAudio = followAudioTrack(
      player,
      { picked: choice.audio, languages: preferences.audioLanguages ?? [] },
      {
        onPick: ({ language, label }) => person.pick({ audio: { language, label } }),
        onHear: (language) => subtitles.hear(language),
      },
    );
    const stop = playVersion(player, version, {
      hlsUrl,
      from: place.current ?? { seconds: 0, isPaused: false },
      onPlace: (now) => {
        place.current = { ...now, movieId };
      },
      onFault: async (found) => {
        // One that can't be played here, although the browser said so, gives way to one that can.
        failedVersions.current.add(version.id);
        const others = versions.some(({ id }) => !failedVersions.current.has(id));
        const next =
          ofTheVersion.includes(found) && others
            ? await startVersion(versions, failedVersions.current)
            : null;
        if (next) setPlaying(next);
        else setFault(found);
      },
      giveUpHls: () => setFailedHlsUrl(hlsUrl),
    });
    return () => {
      unmount();
      stopAudio();
      stop();
      subtitles.stop();
      tracks.current = null;
    };
  }, [movieId, version?.id, version?.streamUrl, hlsUrl, attempt]);

  // Subtitles are found while people watch already: those that arrive join the menu.
  const offered = version?.subtitles;
  useEffect(() => {
    if (offered) made.current?.ready(() => tracks.current?.offer(offered));
  }, [offered]);

  // They are made after the film: whoever watches meanwhile gets them, too.
  const previewUrl = version?.previewUrl;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new player (see above) needs them as well
  useEffect(() => {
    if (!made.current || !previewUrl) return;
    return showPreviews(made.current, previewUrl);
  }, [previewUrl, movieId, attempt]);

  const retry = useCallback(() => {
    setFault(null);
    setFailedHlsUrl(null);
    failedVersions.current.clear();
    setAttempt((count) => count + 1);
  }, []);
  const toggleSubtitles = useCallback(() => tracks.current?.toggle(), []);

  return (
    <div className="fixed inset-0 bg-ink" data-active={isActive || fault !== null}>
      <LivePage on={followed} movieId={movieId} plays />
      <div ref={frame} className="absolute inset-0" />
      {menu.element}
      <header className="player-top">
        <Link href={back} className="player-back" aria-label={t("back")}>
          <ArrowLeft aria-hidden className="size-6 rtl:-scale-x-100" />
        </Link>
        <h1 className="truncate text-heading">{props.title}</h1>
      </header>
      {shown && version && (
        <Around
          player={shown.player}
          movieId={movieId}
          version={version}
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
