import { useEffect, useRef, useState } from "react";
import type { ActionResult } from "@/lib/web/action";

type Errors = Record<string, string>;
type Check = (values: Record<string, string>) => Promise<ActionResult<Errors>>;

/** After the last key: shorter, and a half-written address is called wrong all the time. */
const pauseMs = 500;

/** What stands in a form's fields; files are none of a setting's. */
function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") values[name] ??= value;
  }
  return values;
}

/**
 * Errors of the fields that somebody typed into, found by the server's own schema once they pause.
 * What was not touched says nothing, and no answer is no error: saving looks again.
 */
export function useTypingErrors(check: Check | undefined) {
  const touched = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const round = useRef(0);
  /** By field: a sentence, or nothing where what is typed is right. */
  const [found, setFound] = useState<Record<string, string | undefined>>({});

  useEffect(() => () => clearTimeout(timer.current), []);

  async function look(ask: Check, form: HTMLFormElement) {
    round.current += 1;
    const mine = round.current;
    const answer = await ask(valuesOf(form)).catch(() => null);
    // Somebody typed on, or saved, meanwhile.
    if (mine !== round.current || !answer?.ok) return;
    setFound(Object.fromEntries([...touched.current].map((name) => [name, answer.data[name]])));
  }

  return {
    noticeInput(form: HTMLFormElement, target: EventTarget) {
      const name = target instanceof Element ? target.getAttribute("name") : null;
      if (!check || !name) return;
      touched.current.add(name);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void look(check, form), pauseMs);
    },
    /** Everything was sent: what the server says to that counts. */
    forget() {
      clearTimeout(timer.current);
      round.current += 1;
      touched.current.clear();
      setFound({});
    },
    /** What saving said, with what was typed since over it. */
    over(errors: Errors): Errors {
      const shown: Errors = {};
      for (const [name, error] of Object.entries({ ...errors, ...found })) {
        if (error) shown[name] = error;
      }
      return shown;
    },
  };
}
