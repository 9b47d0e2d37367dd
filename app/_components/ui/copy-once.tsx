import { CopyButton } from "./copy-button";

interface CopyOnceProps {
  /** What it is, for the field's name. */
  label: string;
  text: string;
  hint: string;
}

/** Something that is shown this once, to be taken along. */
export function CopyOnce({ label, text, hint }: CopyOnceProps) {
  return (
    <div role="status" className="grid gap-2 rounded-lg border border-lamp/50 bg-ink p-4">
      <p className="font-medium">{label}</p>
      <div className="flex flex-wrap items-center gap-3">
        <code className="min-w-0 grow basis-60 text-caption break-all select-all">{text}</code>
        <CopyButton text={text} />
      </div>
      <p className="text-caption text-faint">{hint}</p>
    </div>
  );
}
