import { words } from "@/lib/web/words";

const sizes = ["title", "heading", "body", "caption"] as const;
const classes = {
  title: "text-title",
  heading: "text-heading",
  body: "text-body",
  caption: "text-caption",
};
const steps = [1, 2, 3, 4, 6, 8, 12, 16];

/** The four sizes of text, in a sentence of the language that the page is in. */
export async function TypeSizes() {
  const t = await words("design");
  return (
    <dl className="grid grid-cols-1 gap-4">
      {sizes.map((size) => (
        <div key={size} className="grid grid-cols-1 gap-x-6 sm:grid-cols-[7rem_1fr]">
          <dt className="pt-1 text-caption text-faint">
            <code>{classes[size]}</code>
          </dt>
          <dd className={classes[size]}>{t(`sample.${size}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The steps of space, in quarters of a rem. */
export function Spaces() {
  return (
    <ul className="grid gap-2">
      {steps.map((step) => (
        <li key={step} className="flex items-center gap-4">
          <code className="w-10 text-caption text-faint">{step}</code>
          <span className="h-4 rounded-sm bg-lamp" style={{ width: `${step / 4}rem` }} />
        </li>
      ))}
    </ul>
  );
}
