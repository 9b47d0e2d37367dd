"use client";

import { type ReactNode, useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import { ConfirmDialog } from "./dialog";
import { Field } from "./field";

interface TypedConfirmProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  confirmLabel: string;
  /** Has to be typed, in large or small letters. */
  word: string;
  /** Typed instead of the word it is taken as well: somebody may well type the title. */
  orTyped?: string;
  /** Below the field. */
  hint?: string;
  /** While it works the question stays. */
  pending: boolean;
  onConfirm: () => void;
  children?: ReactNode;
}

/** Asks before something goes for good: a word has to be typed. */
export function TypedConfirm(props: TypedConfirmProps) {
  const { onOpenChange, word, orTyped, hint, onConfirm, children, ...dialog } = props;
  const t = useTranslations("common");
  const locale = useLocale();
  const [typed, setTyped] = useState("");
  const low = (text: string) => text.trim().toLocaleLowerCase(locale);
  const isTyped = [word, orTyped ?? word].some((wanted) => low(wanted) === low(typed));
  const confirm = () => {
    if (isTyped && !dialog.pending) onConfirm();
  };
  return (
    <ConfirmDialog
      {...dialog}
      onOpenChange={(open) => dialog.pending || onOpenChange(open)}
      cancelLabel={t("cancel")}
      confirmDisabled={!isTyped}
      onConfirm={confirm}
    >
      {children}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        <Field
          label={t("typeWord", { word })}
          hint={hint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="done"
        />
      </form>
    </ConfirmDialog>
  );
}
