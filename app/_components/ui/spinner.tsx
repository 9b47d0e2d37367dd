import { LoaderCircle } from "lucide-react";

/** Turns while something goes on; what goes on is said by the text beside it. */
export function Spinner({ className = "" }: { className?: string }) {
  return <LoaderCircle aria-hidden className={`size-5 animate-spin ${className}`} />;
}
