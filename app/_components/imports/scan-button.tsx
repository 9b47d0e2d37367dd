"use client";

import { ScanSearch } from "lucide-react";
import { useRouter } from "next/navigation";
import { startScanAction } from "@/lib/imports/actions";
import { Button } from "../ui/button";
import { useCommand } from "../ui/use-command";

interface ScanButtonProps {
  folder: string;
  label: string;
  isPrimary: boolean;
  /** The folder is being looked through now. */
  isOn: boolean;
}

/** Begins to look through a folder, and shows what is found. */
export function ScanButton({ folder, label, isPrimary, isOn }: ScanButtonProps) {
  const router = useRouter();
  const { pending, run } = useCommand();
  const start = () =>
    run(
      () => startScanAction({ folder }),
      ({ scanId }) => router.push(`/manage/import?scan=${scanId}`),
      { stay: false },
    );
  return (
    <Button
      tone={isPrimary ? "primary" : "plain"}
      onClick={start}
      pending={pending || isOn}
      aria-label={`${label} ${folder}`}
    >
      <ScanSearch aria-hidden className="size-5" />
      {label}
    </Button>
  );
}
