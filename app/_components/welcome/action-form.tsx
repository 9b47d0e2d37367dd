"use client";

import { type ReactNode, useActionState, useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { Notice } from "@/app/_components/ui/notice";
import type { ActionProblem, ActionResult } from "@/lib/web/action";

export interface FormState {
  /** What is wrong, by field. */
  errors: Record<string, string>;
  /** What was sent last, so that an answer with errors does not empty the form. */
  sent: Record<string, string>;
  problem: ActionProblem | undefined;
}

interface ActionFormProps<Data> {
  action: (state: ActionResult<Data> | null, form: FormData) => Promise<ActionResult<Data>>;
  submit: ReactNode;
  /** Beside the button: a way on without it. */
  aside?: ReactNode;
  children: (state: FormState) => ReactNode;
}

/** A form around a server action; it also works before scripts have arrived. */
export function ActionForm<Data>({ action, submit, aside, children }: ActionFormProps<Data>) {
  const [result, send, isPending] = useActionState(action, null);
  const [sent, setSent] = useState<Record<string, string>>({});
  const problem = result && !result.ok ? result.problem : undefined;

  function keep(form: HTMLFormElement) {
    const texts = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    setSent(Object.fromEntries(texts) as Record<string, string>);
  }

  return (
    <form action={send} onSubmit={(event) => keep(event.currentTarget)} className="grid gap-5">
      {problem && !problem.errors && (
        <Notice tone="danger" title={problem.title} live>
          {problem.detail}
        </Notice>
      )}
      {children({ errors: problem?.errors ?? {}, sent, problem })}
      <div className="mt-1 flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" pending={isPending} className="grow sm:grow-0">
          {submit}
        </Button>
        {aside}
      </div>
    </form>
  );
}
