/**
 * Darkens the picture behind text: at least 80 % ink, which keeps the fainter text at WCAG AA even on
 * a white picture. From the side where reading starts, so that no box is seen around the text. Goes
 * first into the `relative` box of the text, within a box that clips what stands out at the sides.
 */
export function Scrim() {
  return (
    <div
      aria-hidden
      className="absolute -inset-x-(--gutter) -top-28 bottom-0 -z-10 bg-linear-to-b from-transparent to-ink/80 to-[7rem] md:start-[-100vw] md:-end-80 md:ltr:mask-r-from-[calc(100%-20rem)] md:rtl:mask-l-from-[calc(100%-20rem)]"
    />
  );
}
