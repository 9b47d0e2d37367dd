"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { askForMovieAction } from "@/lib/requests/actions";
import { showToast } from "../ui/toast";

/** A release that a search found, or what was typed. */
export type Wish = { resultId: string } | { film: string };

export interface AskForMovie {
  /** Of the wish that is sent now. */
  pendingKey: string | null;
  /** Keys of those that were sent. */
  asked: ReadonlySet<string>;
  /** What is wrong with what was typed. */
  fault: string | null;
  forgetFault: () => void;
  /** @param onDone called when it was sent. */
  run: (key: string, wish: Wish, onDone?: () => void) => void;
}

/** Asks for movies, one at a time, and remembers for which. */
export function useAskForMovie(): AskForMovie {
  const t = useTranslations("requests");
  const common = useTranslations("common");
  const router = useRouter();
  const [pendingKey, setPendingKey] = useState<string | null>(null);
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const [fault, setFault] = useState<string | null>(null);

  async function send(key: string, wish: Wish, onDone?: () => void) {
    try {
      const outcome = await askForMovieAction(wish);
      if (outcome.ok) {
        setAsked((before) => new Set([...before, key]));
        showToast({ message: t("askedToast", { title: outcome.data.title }) });
        onDone?.();
        router.refresh();
        return;
      }
      const { title: message, detail, errors = {}, movieId } = outcome.problem;
      const [why = detail] = Object.values(errors);
      if ("film" in wish && outcome.problem.errors) {
        setFault(why);
        return;
      }
      const open = typeof movieId === "string" && {
        action: { label: t("open"), run: () => router.push(`/movies/${movieId}`) },
      };
      showToast({ message, detail: why, tone: "danger", ...open });
    } catch {
      showToast({
        message: common("noAnswer"),
        detail: common("noAnswerDetail"),
        tone: "danger",
      });
    }
  }

  return {
    ...{ pendingKey, asked, fault },
    forgetFault: () => setFault(null),
    run(key, wish, onDone) {
      setPendingKey(key);
      setFault(null);
      send(key, wish, onDone).finally(() => setPendingKey(null));
    },
  };
}
