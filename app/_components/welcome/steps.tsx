interface StepsProps {
  label: string;
  names: string[];
  /** 0-based. */
  current: number;
}

/** How far setting up has come: a bar per step, the names for who cannot see them. */
export function Steps({ label, names, current }: StepsProps) {
  return (
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
  );
}
