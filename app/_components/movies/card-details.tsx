"use client";

import { usePathname } from "next/navigation";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import type { MovieView } from "@/lib/movies/schema";
import type { OpenedCard } from "./card-panel";
import { savingInList } from "./use-my-list";
import { useMarking } from "./use-own-mark";
import { watchCards } from "./watch-cards";

const CardPanel = lazy(() => import("./card-panel"));

async function readMovie(id: string): Promise<MovieView | null> {
  try {
    const response = await fetch(`/api/v1/movies/${id}`);
    return response.ok ? await response.json() : null;
  } catch {
    // More is a bonus: without an answer the card stays as it is.
    return null;
  }
}

/**
 * For all cards of a page, whatever their number: more about the one that is pointed at, pressed
 * for a while, or has the focus; and the button that puts it on the person's list.
 */
export function CardDetails() {
  const t = useTranslations("list");
  const mark = useMarking();
  const path = usePathname();
  const [opened, setOpened] = useState<OpenedCard | null>(null);
  const cards = useRef<ReturnType<typeof watchCards>>(null);

  useEffect(() => {
    const watching = watchCards({ read: readMovie, show: setOpened });
    cards.current = watching;
    return watching.stop;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: closing is what a new page causes
  useEffect(() => cards.current?.close(false), [path]);

  useEffect(() => {
    function onClick(event: MouseEvent) {
      const target = event.target instanceof Element ? event.target : null;
      const button = target?.closest<HTMLElement>("[data-list-toggle]");
      const movieId = button?.closest<HTMLElement>("[data-movie]")?.dataset.movie;
      if (!button || !movieId) return;
      const title = button.dataset.listToggle ?? "";
      mark({
        to: button.getAttribute("aria-pressed") !== "true",
        save: savingInList(movieId),
        said: (to) => t(to ? "added" : "removed", { title }),
        // React writes it again when the page is drawn anew, with what the server knows.
        show: (to) => button.setAttribute("aria-pressed", String(to)),
      });
    }
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  });

  return opened ? (
    <Suspense>
      <CardPanel
        key={opened.movie.id}
        opened={opened}
        onClose={(refocus) => cards.current?.close(refocus)}
      />
    </Suspense>
  ) : null;
}
