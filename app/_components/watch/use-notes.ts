"use client";

import { useEffect, useMemo, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { type Note, noteText, secondsText } from "./note-text";

const noteMs = 900;
const rippleMs = 650;

export interface Notes {
  say(note: Note): void;
  /** Takes a note away that stays until it is over. */
  hush(): void;
  ripple(side: "left" | "right", seconds: number): void;
}

/** Notes that stay while a finger does: their gesture ends them. */
const held = new Set<Note["kind"]>(["scrub", "fast"]);

/**
 * A word or two on the picture of what a key or a finger did, read out politely. Written past React:
 * a swipe says something new with every move of the finger.
 */
export function useNotes(player: Player): Notes {
  const t = useTranslations("watch");
  const locale = useLocale();
  const words = useRef({ t, locale });
  words.current = { t, locale };
  const notes = useMemo(() => {
    const el = player.el();
    const note = document.createElement("div");
    note.className = "watch-note";
    note.setAttribute("role", "status");
    note.setAttribute("aria-live", "polite");
    let timer: ReturnType<typeof setTimeout> | undefined;
    let side: HTMLElement | null = null;

    const hush = () => {
      note.classList.remove("watch-note-shown");
      // What is read out is taken away only when it is not seen any more.
      timer = setTimeout(() => {
        note.textContent = "";
      }, 200);
    };
    return {
      note,
      hush() {
        clearTimeout(timer);
        hush();
      },
      say(given: Note) {
        clearTimeout(timer);
        const { t: say, locale: tag } = words.current;
        note.textContent = noteText(given, (key, values) => say(key, values), tag);
        note.classList.add("watch-note-shown");
        if (!held.has(given.kind)) timer = setTimeout(hush, noteMs);
      },
      ripple(where: "left" | "right", seconds: number) {
        side?.remove();
        const text = secondsText(seconds, words.current.locale);
        const mine = document.createElement("div");
        mine.className = `watch-ripple watch-ripple-${where}`;
        mine.textContent = text;
        mine.setAttribute("role", "status");
        el.append(mine);
        side = mine;
        setTimeout(() => mine.remove(), rippleMs);
      },
    };
  }, [player]);
  useEffect(() => {
    player.el().append(notes.note);
    return () => notes.note.remove();
  }, [player, notes]);
  return notes;
}
