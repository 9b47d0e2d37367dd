"use client";

import { useEffect, useState } from "react";
import { momentText } from "./measures";

interface LiveMomentProps {
  at: string;
  locale: string;
  /** What the server wrote, so that the first render in the browser is the same. */
  initial: string;
  className?: string | undefined;
}

export function LiveMoment({ at, locale, initial, className }: LiveMomentProps) {
  const [shown, setShown] = useState({ text: initial, exact: "" });
  useEffect(() => {
    const exact = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    const show = () =>
      setShown({ text: momentText(at, new Date(), locale), exact: exact.format(new Date(at)) });
    show();
    const timer = setInterval(show, 30_000);
    return () => clearInterval(timer);
  }, [at, locale]);
  return (
    <time dateTime={at} title={shown.exact || undefined} className={className}>
      {shown.text}
    </time>
  );
}
