interface ProgressBarProps {
  /** 0 to 1; null while nobody can tell. */
  value: number | null;
  /** What it is that goes on, for those who do not see the bar. */
  label: string;
  tone?: "lamp" | "faint" | "danger";
}

const tones = { lamp: "bg-lamp", faint: "bg-faint", danger: "bg-danger" };

/** How far something has come. */
export function ProgressBar({ value, label, tone = "lamp" }: ProgressBarProps) {
  const share = value === null ? null : Math.min(1, Math.max(0, value));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.floor(share * 100)}
      className="h-1.5 overflow-hidden rounded-full bg-line"
    >
      <div
        className={`h-full rounded-full ${tones[tone]} ${share === null ? "w-1/3 animate-to-and-fro" : "transition-[width] duration-500"}`}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
