import type { ReactNode } from "react";

const tones = {
  plain: "border-line bg-raised text-text",
  lamp: "border-lamp/50 bg-ink text-lamp",
  danger: "border-danger/50 bg-ink text-danger",
  faint: "border-line bg-ink text-faint",
};

export type BadgeTone = keyof typeof tones;

/** A word or two about a thing: its quality, its state. */
export function Badge({ tone = "plain", children }: { tone?: BadgeTone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center gap-1 rounded border px-1.5 py-px text-caption leading-5 font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
