/** Holds the place of something that is on its way; give it the size of what comes. */
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={`animate-pulse-slow rounded-lg bg-raised ${className}`} />;
}
