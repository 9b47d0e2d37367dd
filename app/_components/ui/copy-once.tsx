"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";

interface CopyOnceProps {
  /** What it is, for the field's name. */
  label: string;
  text: string;
  hint: string;
}

/** Something that is shown this once, to be taken along. */
export function CopyOnce({ label, text, hint }: CopyOnceProps) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);

  async function copy() {
    // Only there on https and on this machine itself; elsewhere the text is selected by hand.
    await navigator.clipboard?.writeText(text);
    setCopied(navigator.clipboard !== undefined);
  }

  const Icon = copied ? Check : Copy;
  return (
    <div role="status" className="grid gap-2 rounded-lg border border-lamp/50 bg-ink p-4">
      <p className="font-medium">{label}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 grow basis-60 text-caption break-all select-all">{text}</code>
        <Button onClick={copy}>
          <Icon aria-hidden className="size-5" />
          {copied ? t("copied") : t("copy")}
        </Button>
      </div>
      <p className="text-caption text-faint">{hint}</p>
    </div>
  );
}
