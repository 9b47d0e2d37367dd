export type ButtonTone = "primary" | "plain" | "quiet" | "danger";

export interface ButtonLook {
  /** `primary`: the one thing to do in a view. `quiet`: no ground until it is pointed at. */
  tone?: ButtonTone;
  /** Only an icon inside: a square. */
  square?: boolean;
}

const tones: Record<ButtonTone, string> = {
  primary: "bg-lamp text-lamp-ink hover:brightness-110 font-semibold",
  plain: "bg-raised text-text hover:bg-line font-medium",
  quiet: "text-text hover:bg-raised font-medium",
  danger: "bg-raised text-danger hover:bg-danger hover:text-danger-ink font-medium",
};

/** Classes that buttons and links that look like buttons share; never less than 44 px high. */
export function buttonClass({ tone = "plain", square = false }: ButtonLook = {}): string {
  const room = square ? "w-11 px-0" : "px-4";
  return `relative inline-flex h-11 shrink-0 items-center justify-center gap-2 rounded-lg whitespace-nowrap transition select-none active:scale-[0.98] disabled:opacity-60 aria-disabled:opacity-60 ${room} ${tones[tone]}`;
}
