import type Player from "video.js/dist/types/player";
import { chapterAt } from "@/lib/versions/chapters";

export interface NamedChapter {
  startSeconds: number;
  endSeconds: number;
  /** In the reader's language where the file only has a number. */
  name: string;
}

/**
 * Marks on the seek bar where chapters begin, and the name of the one that a pointer is over: in the
 * picture above the bar where there is one, else by itself.
 *
 * @returns what takes them away again.
 */
export function markChapters(player: Player, chapters: readonly NamedChapter[]): () => void {
  const control = player.el().querySelector(".vjs-progress-control");
  const bar = control?.querySelector(".vjs-progress-holder");
  if (!control || !bar || chapters.length === 0) return () => {};
  const ended = new AbortController();
  const { signal } = ended;
  const marks = document.createElement("div");
  marks.className = "watch-marks";
  marks.setAttribute("aria-hidden", "true");
  const tip = document.createElement("div");
  tip.className = "watch-chapter-tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  bar.append(marks);
  control.append(tip);

  const draw = () => {
    const durationSeconds = player.duration() ?? 0;
    if (!(durationSeconds > 0)) return;
    marks.replaceChildren(
      ...chapters
        .filter(({ startSeconds }) => startSeconds > 0 && startSeconds < durationSeconds)
        .map(({ startSeconds }) => {
          const mark = document.createElement("span");
          mark.style.left = `${(startSeconds / durationSeconds) * 100}%`;
          return mark;
        }),
    );
  };
  const show = (event: Event) => {
    const { left, width } = bar.getBoundingClientRect();
    const durationSeconds = player.duration() ?? 0;
    if (!(event instanceof PointerEvent) || width === 0) return;
    const along = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const chapter = chapters[chapterAt(chapters, along * durationSeconds)];
    tip.hidden = !chapter;
    if (!chapter) return;
    tip.textContent = chapter.name;
    const picture = control.querySelector<HTMLElement>(".player-preview:not([hidden])");
    const above = picture?.offsetHeight ?? 0;
    tip.style.bottom = `calc(50% + ${above > 0 ? above + 22 : 44}px)`;
    // Above the pointer, and inside the player as a whole.
    const frame = player.el().getBoundingClientRect();
    const half = tip.offsetWidth / 2;
    const middle = Math.min(
      Math.max(left + along * width, frame.left + half + 4),
      frame.right - half - 4,
    );
    tip.style.left = `${middle - control.getBoundingClientRect().left - half}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };
  for (const kind of ["pointerenter", "pointerdown", "pointermove"]) {
    control.addEventListener(kind, show, { signal });
  }
  control.addEventListener("pointerleave", hide, { signal });
  document.addEventListener("pointerup", hide, { signal });
  player.on(["loadedmetadata", "durationchange"], draw);
  draw();
  return () => {
    ended.abort();
    if (!player.isDisposed()) player.off(["loadedmetadata", "durationchange"], draw);
    marks.remove();
    tip.remove();
  };
}
