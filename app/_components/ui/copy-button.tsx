"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "./button";

/** Takes a text along, which stands beside it to be selected by hand where that can't be. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);

  async function copy() {
    // Only there on https and on this machine itself.
    await navigator.clipboard?.writeText(text);
    setCopied(navigator.clipboard !== undefined);
  }

  const Icon = copied ? Check : Copy;
  return (
    <Button onClick={copy} aria-label={label}>
      <Icon aria-hidden className="size-5" />
      {copied ? t("copied") : t("copy")}
    </Button>
  );
}
