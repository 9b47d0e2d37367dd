import type { MovieView } from "@/lib/movies/schema";
import type { OpenedCard, Way } from "./card-panel";

/** How long a card is looked at before more is shown, and how long after the movie is read. */
const pauseMs: Record<Way, number> = { pointer: 500, touch: 450, focus: 800, key: 0 };
const readAheadMs = 200;
const closeAfterMs = 180;
/** A finger that moves further scrolls. */
const scrollPx = 10;

interface Watched {
  read: (movieId: string) => Promise<MovieView | null>;
  show: (opened: OpenedCard | null) => void;
}

const elementOf = (event: Event) => (event.target instanceof Element ? event.target : null);
const cardOf = (element: Element | null) => element?.closest<HTMLElement>("[data-movie]") ?? null;
const isInPanel = (element: EventTarget | null) =>
  element instanceof Element && element.closest("[data-card-panel]") !== null;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Tells by pointer, finger and keyboard which card of the page somebody wants to know more about.
 * One set of listeners, however many cards there are.
 */
export function watchCards({ read, show }: Watched) {
  let wanted: { card: HTMLElement; way: Way } | null = null;
  let opened: OpenedCard | null = null;
  let closing: ReturnType<typeof setTimeout> | undefined;
  let finger: { x: number; y: number } | null = null;
  let mouse: { x: number; y: number } | null = null;
  let isHeld = false;
  const stopping = new AbortController();

  function forget(...ways: Way[]) {
    if (wanted && ways.includes(wanted.way)) wanted = null;
  }

  function close(refocus: boolean) {
    clearTimeout(closing);
    wanted = null;
    const last = opened;
    opened = null;
    if (!last) return;
    show(null);
    if (refocus) last.card.querySelector<HTMLElement>("[data-stop]")?.focus();
  }

  function closeSoon(...ways: Way[]) {
    if (!opened || !ways.includes(opened.way)) return;
    clearTimeout(closing);
    closing = setTimeout(() => close(false), closeAfterMs);
  }

  async function open(card: HTMLElement, way: Way) {
    const movieId = card.dataset.movie;
    if (!movieId || (wanted?.card === card && wanted.way === way)) return;
    const asked = { card, way };
    wanted = asked;
    await pause(Math.max(0, pauseMs[way] - readAheadMs));
    if (wanted !== asked) return;
    const [movie] = await Promise.all([
      read(movieId),
      pause(Math.min(pauseMs[way], readAheadMs)).then(() => {
        if (way === "touch" && wanted === asked) isHeld = true;
      }),
    ]);
    if (wanted !== asked || !movie || !card.isConnected) return;
    wanted = null;
    clearTimeout(closing);
    opened = { movie, card, way };
    show(opened);
  }

  function onPointerOver(event: PointerEvent) {
    if (event.pointerType !== "mouse") return;
    const target = elementOf(event);
    const card = cardOf(target);
    if (isInPanel(target) || (card && card === opened?.card)) clearTimeout(closing);
    else closeSoon("pointer");
    if (!card || card === opened?.card) forget("pointer");
  }

  /** A page that comes to lie under a mouse at rest was not pointed at. */
  function onMouseMove(event: PointerEvent) {
    const { clientX: x, clientY: y } = event;
    const isAtRest = mouse?.x === x && mouse.y === y;
    mouse = { x, y };
    const card = cardOf(elementOf(event));
    if (isAtRest || !card || card === opened?.card) return;
    if (!opened || opened.way === "pointer") open(card, "pointer");
  }

  function onPointerDown(event: PointerEvent) {
    isHeld = false;
    finger = null;
    const target = elementOf(event);
    const card = cardOf(target);
    if (event.pointerType !== "touch") {
      forget("pointer");
      if (opened && !isInPanel(target)) close(false);
    } else if (card) {
      finger = { x: event.clientX, y: event.clientY };
      open(card, "touch");
    }
  }

  function onPointerMove(event: PointerEvent) {
    const { pointerType, clientX, clientY } = event;
    if (pointerType === "mouse") onMouseMove(event);
    if (pointerType !== "touch" || !finger || isHeld) return;
    if (Math.hypot(clientX - finger.x, clientY - finger.y) > scrollPx) forget("touch");
  }

  function onLift() {
    if (!isHeld) forget("touch");
  }

  /** The press that showed more does not also open the link below it. */
  function onClick(event: MouseEvent) {
    if (!isHeld) return;
    isHeld = false;
    event.preventDefault();
    event.stopPropagation();
  }

  function onContextMenu(event: MouseEvent) {
    if (finger && cardOf(elementOf(event))) event.preventDefault();
  }

  function onFocusIn(event: FocusEvent) {
    const target = elementOf(event);
    if (isInPanel(target)) return;
    const card = cardOf(target);
    if (opened && card !== opened.card && opened.way !== "pointer") close(false);
    if (card && target?.matches("[data-stop]:focus-visible") && !opened) open(card, "focus");
    else forget("focus");
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = elementOf(event);
    if (event.key === "Escape" && opened) {
      event.preventDefault();
      close(isInPanel(document.activeElement));
    } else if (
      event.key === "i" &&
      !target?.closest("input, textarea, select, [contenteditable]")
    ) {
      const card = cardOf(target);
      if (!card) return;
      if (opened?.card === card) {
        opened = { ...opened, way: "key" };
        show(opened);
      } else open(card, "key");
      event.preventDefault();
    }
  }

  function onScroll(event: Event) {
    forget("touch");
    if (isInPanel(event.target)) return;
    if (opened?.way === "pointer" || opened?.way === "focus") close(false);
  }

  const { signal } = stopping;
  const passive = { signal, passive: true };
  document.addEventListener("pointerover", onPointerOver, passive);
  document.addEventListener("pointerdown", onPointerDown, passive);
  document.addEventListener("pointermove", onPointerMove, passive);
  document.addEventListener("pointerup", onLift, passive);
  document.addEventListener("pointercancel", onLift, passive);
  document.addEventListener("focusin", onFocusIn, passive);
  document.addEventListener("keydown", onKeyDown, { signal });
  // Before React, which listens on the document.
  window.addEventListener("click", onClick, { signal, capture: true });
  window.addEventListener("contextmenu", onContextMenu, { signal, capture: true });
  window.addEventListener("scroll", onScroll, { ...passive, capture: true });

  return {
    close,
    stop() {
      stopping.abort();
      clearTimeout(closing);
      wanted = null;
    },
  };
}
