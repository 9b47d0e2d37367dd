"use client";

import { ChevronLeft, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useReducer, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import "./menu.css";
import type { Choices } from "../choices";
import type { SubtitleTracks } from "../subtitle-tracks";
import type { PlayerVersion } from "../watchable";
import { AudioPage, QualityPage, SpeedPage } from "./choice-pages";
import { DelayPage } from "./delay-page";
import { LookPage } from "./look-page";
import { RootPage } from "./root-page";
import { SubtitlesPage } from "./subtitles-page";
import { SyncPage } from "./sync-page";

const parents = {
  root: null,
  quality: "root",
  audio: "root",
  subtitles: "root",
  speed: "root",
  look: "subtitles",
  delay: "subtitles",
  sync: "subtitles",
} as const;

export type PageName = keyof typeof parents;

/** What every page of the menu is given. */
export interface PageProps {
  player: Player;
  choices: Choices;
  subtitles: SubtitleTracks;
  /** Those that this browser plays. */
  versions: PlayerVersion[];
  version: PlayerVersion;
  play(version: PlayerVersion): void;
  /** Whether what is mended is mended for the household. */
  mayMend: boolean;
  open(page: PageName): void;
  close(): void;
}

const pages = {
  root: RootPage,
  quality: QualityPage,
  audio: AudioPage,
  subtitles: SubtitlesPage,
  speed: SpeedPage,
  look: LookPage,
  delay: DelayPage,
  sync: SyncPage,
};

const changes = ["ratechange", "enterpictureinpicture", "leavepictureinpicture", "loadedmetadata"];

/** Draws anew when the player or its tracks changed. */
function useChanges(player: Player, subtitles: SubtitleTracks): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const sounds = player.audioTracks() as unknown as EventTarget;
    player.on(changes, redraw);
    sounds.addEventListener("change", redraw);
    const stop = subtitles.subscribe(redraw);
    return () => {
      stop();
      if (player.isDisposed()) return;
      player.off(changes, redraw);
      sounds.removeEventListener("change", redraw);
    };
  }, [player, subtitles]);
}

type Way = 1 | -1 | "first" | "last";

const ways = new Map<string, Way>([
  ["ArrowDown", 1],
  ["ArrowUp", -1],
  ["Home", "first"],
  ["End", "last"],
]);

/** Where the arrow keys lead: all that can be pressed, in order. */
function step(panel: HTMLElement, by: Way): void {
  const items = Array.from(panel.querySelectorAll<HTMLElement>("button:not(:disabled)"));
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next =
    by === "first" ? 0 : by === "last" ? items.length - 1 : (at + by + items.length) % items.length;
  items[next]?.focus();
}

interface MenuPanelProps extends Omit<PageProps, "open"> {
  firstPage: PageName;
}

/** What the buttons of the menu open: a card above the controls, on a phone a sheet. */
export default function MenuPanel({ firstPage, ...given }: MenuPanelProps) {
  const t = useTranslations("playerMenu");
  const [page, setPage] = useState<PageName>(firstPage);
  const panel = useRef<HTMLDivElement>(null);
  const { player, subtitles, close } = given;
  useChanges(player, subtitles);
  const Page = pages[page];
  const parent = parents[page];

  // What is chosen now, or the first thing that can be pressed, has the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page takes it anew
  useEffect(() => {
    const body = panel.current?.querySelector<HTMLElement>(".player-menu-body");
    const chosen = body?.querySelector<HTMLElement>("[data-first], [aria-checked=true]");
    const item = chosen ?? body?.querySelector<HTMLElement>("button:not(:disabled)");
    (item ?? panel.current)?.focus();
    item?.scrollIntoView({ block: "nearest" });
  }, [page]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isOfButton = event.key === " " || event.key === "Enter" || event.key.startsWith("Arrow");
    if (isOfButton) event.stopPropagation();
    if (event.defaultPrevented) return;
    const backKey = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const way = ways.get(event.key);
    // What stands side by side is walked along sideways.
    const group = (event.target as Element).closest<HTMLElement>("[role=radiogroup]");
    const isSideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (group && isSideways) step(group, event.key === backKey ? -1 : 1);
    else if (way) step(event.currentTarget, way);
    else if (event.key === backKey && parent) setPage(parent);
    else if (event.key === backKey) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button close it for the keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div className="player-menu-backdrop" onClick={close} />
      <div
        ref={panel}
        role="dialog"
        tabIndex={-1}
        aria-label={t(page === "root" ? "settings" : page)}
        className="player-menu"
        onKeyDown={onKeyDown}
      >
        <header className="player-menu-head">
          {parent && (
            <button
              type="button"
              className="player-menu-icon"
              aria-label={t("back")}
              onClick={() => setPage(parent)}
            >
              <ChevronLeft aria-hidden className="size-6 rtl:-scale-x-100" />
            </button>
          )}
          <h2>{t(page === "root" ? "settings" : page)}</h2>
          <button
            type="button"
            className="player-menu-icon"
            aria-label={t("close")}
            onClick={close}
          >
            <X aria-hidden className="size-5" />
          </button>
        </header>
        <Page {...given} open={setPage} />
      </div>
    </>
  );
}
