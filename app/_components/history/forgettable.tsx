"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { deleteSittingAction, restoreSittingAction } from "@/lib/playback/actions";
import { Button } from "../ui/button";
import { showToast } from "../ui/toast";
import type { Outcome } from "../ui/use-command";

interface ForgettableProps {
  id: string;
  title: string;
  children: ReactNode;
}

/** An entry of the history with the button that takes it out: gone at once, and with an undo. */
export function Forgettable({ id, title, children }: ForgettableProps) {
  const t = useTranslations("history");
  const common = useTranslations("common");
  const router = useRouter();
  const [gone, setGone] = useState(false);

  async function run<Data>(command: () => Promise<Outcome<Data>>, to: boolean) {
    setGone(to);
    try {
      const outcome = await command();
      if (outcome.ok) {
        router.refresh();
        return outcome.data;
      }
      const { title: message, detail } = outcome.problem;
      showToast({ message, detail, tone: "danger" });
    } catch {
      showToast({ message: common("noAnswer"), detail: common("noAnswerDetail"), tone: "danger" });
    }
    setGone(!to);
    return null;
  }

  async function forget() {
    const removed = await run(() => deleteSittingAction({ id }), true);
    if (!removed) return;
    const undo = () => run(() => restoreSittingAction(removed), false);
    showToast({
      message: t("forgotten", { title }),
      action: { label: common("undo"), run: undo },
    });
  }

  if (gone) return null;
  return (
    <li data-row className="flex items-center gap-2 py-3 sm:gap-4">
      {children}
      <Button
        square
        tone="quiet"
        data-stop
        aria-label={t("forget", { title })}
        title={t("forget", { title })}
        onClick={forget}
      >
        <X aria-hidden className="size-5" />
      </Button>
    </li>
  );
}
