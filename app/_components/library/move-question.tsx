"use client";

import { useTranslations } from "use-intl";
import { ConfirmDialog } from "../ui/dialog";
import { TypedConfirm } from "../ui/typed-confirm";

interface MoveQuestionProps {
  /** How many things are meant. */
  count: number;
  /** For how many days they can be brought back; 0 for not at all. */
  days: number;
  /** What they are, where it is not movies. */
  kind?: "movies" | "versions" | "originals";
  pending: boolean;
  onOpenChange: (open: boolean) => void;
  onConfirm: () => void;
}

/**
 * Asks before things go: more than one need their number typed, and so does even one that can't be
 * brought back.
 */
export function MoveQuestion(props: MoveQuestionProps) {
  const { count, days, kind = "movies", pending, onOpenChange, onConfirm } = props;
  const t = useTranslations("library");
  const common = useTranslations("common");
  const bin = useTranslations("bin");
  const intoBin = days > 0 && kind !== "originals";
  const words = {
    open: true,
    onOpenChange,
    title: t(`question.${kind}.title`, { count }),
    description: intoBin
      ? t("question.binned", { count, days })
      : t(`question.${kind}.forGood`, { count }),
    confirmLabel: t(intoBin ? "toBin" : "delete"),
    pending,
    onConfirm,
  };
  if (count === 1 && intoBin) return <ConfirmDialog {...words} cancelLabel={common("cancel")} />;
  return <TypedConfirm {...words} word={count > 1 ? String(count) : bin("word")} />;
}
