import type Player from "video.js/dist/types/player";
import { chooseSubtitle, subtitleInLanguages } from "@/lib/subtitles/choose";
import type { Timing } from "@/lib/subtitles/timing";
import type { Choices } from "./choices";
import { type CueTiming, cueTiming, type Line, layOutAnew, type TextTrack } from "./cue-timing";
import { subtitleTimings, type TimingState } from "./timings";
import type { PlayerSubtitle } from "./watchable";

export interface SubtitleTracks {
  /** Takes those that are there now; one that arrives while none was chosen yet may be switched on. */
  offer(subtitles: readonly PlayerSubtitle[]): void;
  list(): readonly PlayerSubtitle[];
  shown(): PlayerSubtitle | null;
  /** What a person picks; null for none. */
  pick(id: string | null): void;
  /** Switches the last one off, or on again. */
  toggle(): void;
  /** The language of the sound that plays: forced ones go by it. */
  hear(language: string | null): void;
  timing(id: string): Timing;
  timingState(id: string): TimingState;
  setTiming(id: string, timing: Timing): void;
  /** Lines of the one that is shown, at their own times; empty until its file is there. */
  lines(): Line[];
  /** Has what is on the screen drawn anew: its look or its place changed. */
  redraw(): void;
  /** @returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  stop(): void;
}

interface Loaded {
  track: TextTrack;
  timing: CueTiming;
}

/**
 * The subtitles of one version in the player. A track is made, and its file fetched, when it is
 * switched on: a film with fifty starts as fast as one with none.
 */
export function subtitleTracks(
  player: Player,
  {
    choices,
    household,
    locale,
    mayMend,
  }: { choices: Choices; household: readonly string[]; locale: string; mayMend: boolean },
): SubtitleTracks {
  let offered: readonly PlayerSubtitle[] = [];
  const loaded = new Map<string, Loaded>();
  const listeners = new Set<() => void>();
  let shownId: string | null = null;
  let lastId: string | null = null;
  let heard: string | null = null;
  // From then on what arrives changes nothing by itself.
  let isPicked = false;

  const tell = () => {
    for (const listener of listeners) listener();
  };
  const find = (id: string | null) => offered.find((one) => one.id === id) ?? null;
  const timings = subtitleTimings(mayMend, (id, timing) => {
    loaded.get(id)?.timing.set(timing);
    tell();
  });

  const load = ({ id, language, label, url }: PlayerSubtitle) => {
    const known = loaded.get(id);
    if (known) return known;
    const element = player.addRemoteTextTrack(
      // At its own times: what moves them can change while it is shown.
      { id, kind: "subtitles", srclang: language, label, src: `${url}?timing=own` },
      // They stay when the source is set, which may be after this; stop() takes them away.
      true,
    );
    const { track } = element as unknown as { track: TextTrack };
    const timing = cueTiming(player, track, { timing: timings.of(id), onLoad: tell });
    const made = { track, timing };
    loaded.set(id, made);
    return made;
  };
  const show = (id: string | null) => {
    const subtitle = find(id);
    const wanted = subtitle && load(subtitle);
    for (const { track } of loaded.values()) {
      if (track !== wanted?.track) track.mode = "disabled";
    }
    if (wanted) wanted.track.mode = "showing";
    shownId = subtitle?.id ?? null;
    if (shownId) lastId = shownId;
    tell();
  };
  const watching = () => ({
    heard,
    picked: choices.choice.subtitle,
    isOn: choices.preferences.subtitlesOn,
    subtitleLanguages: choices.preferences.subtitleLanguages ?? [],
    audioLanguages: choices.preferences.audioLanguages ?? [],
    ...{ household, locale },
  });
  const chooseFirst = () => {
    if (isPicked) return;
    const first = chooseSubtitle(offered, watching());
    if ((first?.id ?? null) !== shownId) show(first?.id ?? null);
  };
  const pick = (id: string | null) => {
    isPicked = true;
    show(id);
    const subtitle = find(shownId);
    if (!subtitle) {
      choices.pick({ subtitle: null });
      return;
    }
    const { language, forced, hearingImpaired } = subtitle;
    choices.pick({ subtitle: { id: subtitle.id, language, forced, hearingImpaired } });
  };
  const leave = () => timings.flush();
  window.addEventListener("pagehide", leave);

  return {
    offer(subtitles) {
      offered = subtitles;
      for (const { id, timing } of subtitles) timings.offer(id, timing);
      if (shownId && !find(shownId)) show(null);
      chooseFirst();
      tell();
    },
    list: () => offered,
    shown: () => find(shownId),
    pick,
    toggle() {
      if (shownId) {
        pick(null);
        return;
      }
      const { subtitleLanguages } = watching();
      const liked = subtitleInLanguages(offered, [...subtitleLanguages, ...household, locale]);
      pick(find(lastId)?.id ?? liked?.id ?? offered[0]?.id ?? null);
    },
    hear(language) {
      heard = language;
      chooseFirst();
    },
    timing: timings.of,
    timingState: timings.state,
    setTiming: timings.set,
    lines: () => (shownId ? (loaded.get(shownId)?.timing.lines() ?? []) : []),
    redraw() {
      const shown = shownId && loaded.get(shownId);
      if (shown) layOutAnew(player, shown.track);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      timings.flush();
      window.removeEventListener("pagehide", leave);
      listeners.clear();
      for (const { track, timing } of loaded.values()) {
        timing.stop();
        if (!player.isDisposed()) player.removeRemoteTextTrack(track as never);
      }
      loaded.clear();
    },
  };
}
