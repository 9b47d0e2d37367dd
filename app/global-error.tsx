"use client";

import { CloudOff } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./_components/ui/button";
import { EmptyState } from "./_components/ui/empty-state";
import "./globals.css";

interface ErrorWords {
  locale: string;
  direction: "ltr" | "rtl";
  title: string;
  description: string;
  retry: string;
}

/**
 * Where not even the frame of the pages could be drawn, and with it nobody gave this page its words:
 * it asks for them. The button means the whole page, since nothing of it is left.
 */
export default function GlobalError() {
  const [words, setWords] = useState<ErrorWords | null>(null);
  useEffect(() => {
    fetch("/error-words")
      .then((answer) => answer.json())
      .then(setWords)
      // Without an answer there is still the picture, and the browser's own button.
      .catch(() => {});
  }, []);
  return (
    <html lang={words?.locale ?? "en"} dir={words?.direction ?? "ltr"}>
      <body>
        {words && (
          <main className="pt-[12vh]">
            <title>{words.title}</title>
            <EmptyState
              icon={CloudOff}
              title={words.title}
              action={
                <Button tone="primary" onClick={() => window.location.reload()}>
                  {words.retry}
                </Button>
              }
            >
              {words.description}
            </EmptyState>
          </main>
        )}
      </body>
    </html>
  );
}
