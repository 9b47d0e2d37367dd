/** The lamp: Vigilio's mark. */
export function Mark({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <path d="M16 6 4.5 25h23z" fill="var(--color-lamp)" opacity="0.28" />
      <path d="M16 6 10 25h12z" fill="var(--color-lamp)" opacity="0.55" />
      <circle cx="16" cy="7.5" r="4.5" fill="var(--color-lamp)" />
    </svg>
  );
}
