"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useEffect, useRef, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import type { ActionProblem, ActionResult } from "@/lib/web/action";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { showToast } from "../ui/toast";
import { useTypingErrors } from "./use-typing-errors";

interface SavingFormProps<Data> {
  /** Says what is wrong with the form as it stands, while somebody types. */
  check?: (values: Record<string, string>) => Promise<ActionResult<Record<string, string>>>;
  action: (form: FormData) => Promise<ActionResult<Data>>;
  submit: string;
  /** Said in a toast when it is saved. */
  said: string | ((data: Data) => string);
  /** Where a check may fail for reasons of its own: the button that saves all the same. */
  insist?: { label: string; when: (problem: ActionProblem) => boolean };
  /** Beside the button. */
  aside?: ReactNode;
  /** Nothing in it can be changed here: then there is nothing to save. */
  disabled?: boolean;
  children: (errors: Record<string, string>) => ReactNode;
}

/**
 * A short form that stays where it is: it says that it saved, shows errors by field, and puts the
 * first of them into focus. What was typed stays until it is saved; secrets are gone then.
 */
export function SavingForm<Data>(props: SavingFormProps<Data>) {
  const { action, check, submit, said, insist, aside, disabled = false, children } = props;
  const t = useTranslations("common");
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<ActionProblem>();
  const [round, setRound] = useState(0);
  const [isChanged, setChanged] = useState(false);
  const [pending, startTransition] = useTransition();
  const typing = useTypingErrors(check);

  useEffect(() => {
    if (!problem?.errors) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const sent = new FormData(event.currentTarget, submitter);
    typing.forget();
    startTransition(async () => {
      try {
        const result = await action(sent);
        if (!result.ok) {
          setProblem(result.problem);
          return;
        }
        showToast({ message: typeof said === "string" ? said : said(result.data) });
        startTransition(() => {
          setProblem(undefined);
          setChanged(false);
          setRound((before) => before + 1);
          router.refresh();
        });
      } catch {
        showToast({ message: t("noAnswer"), detail: t("noAnswerDetail"), tone: "danger" });
      }
    });
  }

  const offered = problem && insist?.when(problem) ? insist : undefined;
  return (
    // By POST: should scripts not be there yet, nothing that was typed lands in an address.
    <form
      ref={form}
      method="post"
      onSubmit={send}
      onChange={() => setChanged(true)}
      onInput={(event) => typing.noticeInput(event.currentTarget, event.target)}
      className="grid grid-cols-1 gap-5"
    >
      {problem && !problem.errors && (
        <Notice tone="danger" title={problem.title} live>
          {problem.detail}
        </Notice>
      )}
      <div key={round} className="grid grid-cols-1 gap-5">
        {children(typing.over(problem?.errors ?? {}))}
      </div>
      <div className="flex flex-wrap items-center gap-3 empty:hidden">
        {!disabled && (
          <Button type="submit" tone="primary" pending={pending} className="max-sm:grow">
            {submit}
          </Button>
        )}
        {offered && (
          <Button type="submit" name="unchecked" value="1" disabled={pending}>
            {offered.label}
          </Button>
        )}
        {aside}
        {isChanged && !pending && <p className="text-caption text-faint">{t("notSaved")}</p>}
      </div>
    </form>
  );
}
