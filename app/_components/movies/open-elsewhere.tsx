"use client";

import { MonitorPlay } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../ui/button";

// Opened rarely: loaded then.
const ElsewhereDialog = dynamic(() =>
  import("./elsewhere-dialog").then((file) => file.ElsewhereDialog),
);

export interface OpenElsewhereProps {
  versionId: string;
  /** What the version is called on its card. */
  name: string;
  title: string;
  durationSeconds: number | null;
}

/** Plays a version in another program: on a desk, on a television, on a phone. */
export function OpenElsewhere(props: OpenElsewhereProps) {
  const t = useTranslations("versionMenu");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        aria-label={t("elsewhereLabel", { name: props.name })}
        title={t("elsewhereLabel", { name: props.name })}
      >
        <MonitorPlay aria-hidden className="size-5" />
        {t("elsewhere")}
      </Button>
      {open && <ElsewhereDialog {...props} open={open} onOpenChange={setOpen} />}
    </>
  );
}
