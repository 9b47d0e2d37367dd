"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import type { ActionResult } from "@/lib/web/action";
import { Button } from "../ui/button";

type Tried = { ok: boolean; text: ReactNode } | null;

/**
 * Tries what stands in a form without saving it. A failure says why, and stops nobody from saving.
 *
 * @returns the button, the answer, and what forgets the answer once somebody types.
 */
export function useTrial<Data>(
  test: (form: FormData) => Promise<ActionResult<Data>>,
  said: (data: Data) => ReactNode,
) {
  const t = useTranslations("settingsForm");
  const common = useTranslations("common");
  const [tried, setTried] = useState<Tried>(null);
  const [testing, startTest] = useTransition();

  function start(form: HTMLFormElement | null) {
    if (!form) return;
    const sent = new FormData(form);
    startTest(async () => {
      try {
        const result = await test(sent);
        if (result.ok) {
          setTried({ ok: true, text: said(result.data) });
          return;
        }
        const { errors, detail } = result.problem;
        setTried({ ok: false, text: errors ? Object.values(errors).join(" ") : detail });
      } catch {
        setTried({ ok: false, text: common("noAnswer") });
      }
    });
  }

  const Icon = tried?.ok ? CircleCheck : CircleAlert;
  return {
    button: (
      <Button pending={testing} onClick={(event) => start(event.currentTarget.form)}>
        {t("testConnection")}
      </Button>
    ),
    answer: tried && (
      <p role="status" className={`flex items-start gap-2 ${tried.ok ? "" : "text-danger"}`}>
        <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tried.ok ? "text-lamp" : ""}`} />
        <span>{tried.text}</span>
      </p>
    ),
    forget: () => setTried(null),
  };
}
