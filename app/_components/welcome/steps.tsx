interface StepsProps {
  label: string;
  /** Which step this is, for the eye. */
  caption: string;
  names: string[];
  /** 0-based. */
  current: number;
}

/** How far setting up has come: a bar per step, the names for who cannot see them. */
export function Steps({ label, caption, names, current }: StepsProps) {
  return (
    <div className="grid gap-2">
      <ol aria-label={label} className="flex gap-1.5">
        {names.map((name, index) => (
          <li
            key={name}
            aria-current={index === current ? "step" : undefined}
            className={`h-1 grow rounded-full ${index <= current ? "bg-lamp" : "bg-raised"}`}
          >
            <span className="sr-only">{name}</span>
          </li>
        ))}
      </ol>
      <p aria-hidden data-numbers className="text-caption text-faint">
        {caption}
      </p>
    </div>
  );
}
