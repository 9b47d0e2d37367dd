"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { type ArrowKey, nextStop, type Stop } from "./arrow-keys";

const arrows: readonly string[] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** Fields, menus, tabs and sliders use arrow keys for themselves. */
const ownsArrows =
  "input, textarea, select:not([data-stop]), video, [contenteditable], [role='menu'], [role='slider'], [role='dialog'], [role='alertdialog']";

/** Every `[data-stop]` inside a `[data-row]` that can be seen or scrolled to. */
function stopsOnPage(): { elements: HTMLElement[]; stops: Stop[] } {
  const elements: HTMLElement[] = [];
  const stops: Stop[] = [];
  document.querySelectorAll("[data-row]").forEach((row, number) => {
    for (const element of row.querySelectorAll<HTMLElement>("[data-stop]")) {
      const { left, top, width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      elements.push(element);
      stops.push({ row: number, left, top, width, height });
    }
  });
  return { elements, stops };
}

/** Where an arrow leads from what has the focus; undefined when it is the browser's to handle. */
function targetOf(key: ArrowKey): HTMLElement | undefined {
  const { elements, stops } = stopsOnPage();
  const inPage = elements.map((element) => element.closest("main") !== null);
  const active = document.activeElement;
  const from = elements.findIndex((element) => element.contains(active));
  if (from < 0) {
    // Nothing has the focus yet: the first arrow goes to what is first in the page itself.
    const nothing = !active || active === document.body || active.id === "main";
    return nothing ? elements[inPage.indexOf(true)] : undefined;
  }
  // The bars float over the page: from within it they are reached only where it ends.
  const own = stops.flatMap((_, index) => (inPage[index] && inPage[from] ? [index] : []));
  const among = own.flatMap((index) => stops[index] ?? []);
  const near = nextStop(among, own.indexOf(from), key);
  const to = near === null ? nextStop(stops, from, key) : own[near];
  return to === null || to === undefined ? undefined : elements[to];
}

function moveFocus(key: ArrowKey): boolean {
  const target = targetOf(key);
  if (!target) return false;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "smooth" });
  return true;
}

function focusSearch(): boolean {
  const field = [...document.querySelectorAll<HTMLInputElement>("input[type='search']")].find(
    (input) => input.offsetParent !== null,
  );
  field?.focus();
  field?.select();
  return field !== undefined;
}

/**
 * The whole of a page with five keys: arrows move within and between rows, Enter opens (the
 * browser's own), Escape goes back, and `/` searches.
 */
export function Keyboard() {
  const router = useRouter();
  useEffect(() => {
    function goBack() {
      // Not every browser has it yet.
      const navigation: { canGoBack: boolean } | undefined = window.navigation;
      const canGoBack = navigation ? navigation.canGoBack : window.history.length > 1;
      if (canGoBack) router.back();
      else if (window.location.pathname !== "/") router.push("/");
    }

    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      const busy = target?.closest(ownsArrows) != null;
      if (event.key === "/" && !busy) {
        if (!focusSearch()) router.push("/search");
        event.preventDefault();
      } else if (event.key === "Escape") {
        // An open panel closes by itself; a field gives the focus back; then Escape means back.
        if (document.querySelector(":popover-open")) return;
        if (busy && target instanceof HTMLElement) target.blur();
        else goBack();
      } else if (event.key === "Enter" && target instanceof HTMLSelectElement) {
        // Arrows pass it by, so that it can be left without a change: this opens it.
        target.showPicker?.();
        event.preventDefault();
      } else if (arrows.includes(event.key) && !busy && !event.shiftKey) {
        if (moveFocus(event.key as ArrowKey)) event.preventDefault();
      }
    }

    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [router]);
  return null;
}
