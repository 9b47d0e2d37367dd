/**
 * Darkens the picture behind text, and only there: at least 80 % ink, which keeps the fainter text
 * at WCAG AA even on a white picture. Goes first into the `relative` box of the text, within a box
 * that clips what stands out at the sides.
 */
export function Scrim() {
  return (
    <div
      aria-hidden
      className="absolute -inset-x-(--gutter) -top-28 bottom-0 -z-10 bg-linear-to-b from-transparent to-ink/80 to-[7rem] md:-inset-x-56 md:mask-x-from-[calc(100%-14rem)]"
    />
  );
}
