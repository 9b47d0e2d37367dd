"use client";

import { Ban, RotateCw, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { cancelJobAction, retryJobAction } from "@/lib/queue/actions";
import type { JobView } from "@/lib/queue/schema";
import { Button } from "../ui/button";
import { useCommand } from "../ui/use-command";

interface JobActionsProps {
  jobId: string;
  /** What the job is called, for the buttons' own names. */
  name: string;
  status: JobView["status"];
  /** Where to go when it was taken off the list; stays where it is without. */
  then?: string;
}

/** Cancel what is still to be done; retry or remove what has ended. */
export function JobActions({ jobId, name, status, then }: JobActionsProps) {
  const t = useTranslations("jobActions");
  const command = useCommand();
  const router = useRouter();
  const isOpen = status === "queued" || status === "running" || status === "waiting";
  const mayRetry = status === "failed" || status === "cancelled" || status === "waiting";
  return (
    <div className="-mt-2 -me-2 flex shrink-0 gap-1">
      {mayRetry && (
        <Button
          square
          tone="quiet"
          pending={command.pending}
          onClick={() => command.run(() => retryJobAction({ jobId }))}
          aria-label={t("retry", { name })}
          title={t("retryShort")}
        >
          <RotateCw aria-hidden className="size-5" />
        </Button>
      )}
      <Button
        square
        tone="quiet"
        pending={command.pending}
        onClick={() =>
          command.run(
            () => cancelJobAction({ jobId }),
            (outcome) => {
              if (outcome === "removed" && then) router.push(then);
            },
            { stay: isOpen || !then },
          )
        }
        aria-label={isOpen ? t("cancel", { name }) : t("remove", { name })}
        title={isOpen ? t("cancelShort") : t("removeShort")}
      >
        {isOpen ? <Ban aria-hidden className="size-5" /> : <X aria-hidden className="size-5" />}
      </Button>
    </div>
  );
}
