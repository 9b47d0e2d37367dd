"use client";

import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import type { Choices } from "../choices";
import {
  addMenuButtons,
  addMenuHost,
  holdControls,
  type MenuButtons,
  type MenuOpener,
} from "../menu-buttons";
import { inactivityTimeoutMs } from "../player-options";
import { playableVersions } from "../start-version";
import type { SubtitleTracks } from "../subtitle-tracks";
import type { PlayerVersion } from "../watchable";

// It is for those who open it.
const MenuPanel = lazy(() => import("./menu-panel"));

export interface Menu {
  /** Gives a player the menu. @returns what takes it away before the player goes. */
  attach(player: Player, choices: Choices): () => void;
  /** Shows the subtitles of what plays. @returns what ends that. */
  follow(subtitles: SubtitleTracks): () => void;
  element: ReactNode;
}

interface Made {
  player: Player;
  choices: Choices;
  host: HTMLElement;
}

/** The menu of the player: its buttons in the control bar, and what they open. */
export function useMenu({
  versions,
  version,
  play,
  mayMend,
}: {
  versions: PlayerVersion[];
  version: PlayerVersion | null;
  play(version: PlayerVersion): void;
  mayMend: boolean;
}): Menu {
  const t = useTranslations("playerMenu");
  const [opener, setOpener] = useState<MenuOpener | null>(null);
  const [made, setMade] = useState<Made | null>(null);
  const [subtitles, setSubtitles] = useState<SubtitleTracks | null>(null);
  const buttons = useRef<MenuButtons>(null);
  // Whoever came by the keyboard finds the focus where it was; for others the keys are the film's.
  const isByKey = useRef(false);
  const isOpen = opener !== null;

  useEffect(() => {
    if (!made || !opener) return;
    buttons.current?.setOpen(opener);
    const release = holdControls(made.player, inactivityTimeoutMs);
    // It closes the menu and not the page, wherever the focus is.
    const leave = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setOpener(null);
    };
    // Before the keys of the film, which listen on the document.
    window.addEventListener("keydown", leave, true);
    return () => {
      window.removeEventListener("keydown", leave, true);
      release();
      buttons.current?.setOpen(null);
      if (isByKey.current) buttons.current?.focus(opener);
    };
  }, [made, opener]);

  return {
    attach(player, choices) {
      const host = addMenuHost(player);
      const names = { subtitles: t("subtitles"), settings: t("settings") };
      buttons.current = addMenuButtons(player, names, (pressed, byKey) => {
        isByKey.current = byKey;
        setOpener((now) => (now === pressed ? null : pressed));
      });
      setMade({ player, choices, host });
      return () => {
        buttons.current = null;
        setMade(null);
        setOpener(null);
      };
    },
    follow(tracks) {
      const tell = () =>
        buttons.current?.setSubtitles({
          areThere: tracks.list().length > 0,
          isShown: tracks.shown() !== null,
        });
      tell();
      setSubtitles(tracks);
      const stop = tracks.subscribe(tell);
      return () => {
        stop();
        setSubtitles(null);
      };
    },
    element:
      isOpen && made && subtitles && version
        ? createPortal(
            <Suspense>
              <MenuPanel
                key={opener}
                player={made.player}
                choices={made.choices}
                subtitles={subtitles}
                versions={playableVersions(versions)}
                version={version}
                play={play}
                mayMend={mayMend}
                firstPage={opener === "subtitles" ? "subtitles" : "root"}
                close={() => setOpener(null)}
              />
            </Suspense>,
            made.host,
          )
        : null,
  };
}
