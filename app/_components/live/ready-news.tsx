"use client";

import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { showToast } from "../ui/toast";
import { listen } from "./event-stream";
import { addUnseen, forgetUnseen } from "./unseen";

const told = "vigilio.told";
const mostTold = 20;

/** True for the first tab of this browser that asks about a movie: one toast, however many tabs. */
function isFirstToTell(movieId: string): boolean {
  try {
    const before = (localStorage.getItem(told) ?? "").split(" ").filter(Boolean);
    if (before.includes(movieId)) return false;
    localStorage.setItem(told, [...before, movieId].slice(-mostTold).join(" "));
  } catch {
    // A browser that keeps nothing tells in every tab.
  }
  return true;
}

/** The page shows a movie, so that it is no news any more. */
function look(path: string): void {
  if (document.hidden) return;
  const movie = /^\/(?:movies|watch)\/([0-9a-f]{16})$/.exec(path)?.[1];
  if (path === "/") forgetUnseen();
  else if (movie) forgetUnseen(movie);
}

/**
 * Tells when a movie can be watched: who added it by a toast with a button to play it, everybody by
 * a number before the title until they look.
 */
export function ReadyNews() {
  const t = useTranslations("live");
  const router = useRouter();
  const path = usePathname() ?? "/";
  const shown = useRef(path);

  useEffect(() => {
    shown.current = path;
    look(path);
  }, [path]);

  useEffect(() => {
    const waiting: { id: string; title: string }[] = [];
    const tell = () => {
      look(shown.current);
      if (document.hidden) return;
      for (const { id, title } of waiting.splice(0)) {
        if (!isFirstToTell(id)) continue;
        showToast({
          message: t("ready", { title }),
          action: { label: t("play"), run: () => router.push(`/watch/${id}`) },
        });
      }
    };
    const stop = listen({
      names: ["ready"],
      onEvent(_, { id, title, mine }) {
        if (typeof id !== "string" || typeof title !== "string") return;
        addUnseen(id);
        if (mine === true) waiting.push({ id, title });
        tell();
      },
      onConnection() {},
    });
    document.addEventListener("visibilitychange", tell);
    return () => {
      stop();
      document.removeEventListener("visibilitychange", tell);
    };
  }, [t, router]);
  return null;
}
