import Link from "next/link";
import { anchorOf, type Block, blocksOf, hrefOf, spansOf } from "./blocks";

const codeClass = "rounded bg-raised px-1 py-0.5 text-[0.9em] break-words";

function Line({ text, name }: { text: string; name: string }) {
  return spansOf(text).map((span, at) => {
    const key = `${at} ${span.text}`;
    if (span.kind === "code") {
      return (
        <code key={key} className={codeClass}>
          {span.text}
        </code>
      );
    }
    if (span.kind === "strong") return <strong key={key}>{span.text}</strong>;
    const href = span.kind === "link" ? hrefOf(span.href, name) : null;
    if (!href) return <span key={key}>{span.text}</span>;
    return (
      <Link key={key} href={href} prefetch={false} className="text-lamp underline">
        {span.text}
      </Link>
    );
  });
}

const headingClass = ["text-title", "mt-6 text-heading", "mt-2 font-semibold"];

function Part({ block, name }: { block: Block; name: string }) {
  switch (block.kind) {
    case "heading": {
      const level = Math.min(block.level, 3);
      const Heading = `h${level}` as "h1" | "h2" | "h3";
      return (
        <Heading id={anchorOf(block.text)} className={headingClass[level - 1]}>
          <Line text={block.text} name={name} />
        </Heading>
      );
    }
    case "code":
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
          tabIndex={0}
          dir="ltr"
          className="overflow-x-auto rounded-xl bg-surface p-4 text-caption"
        >
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const List = block.isOrdered ? "ol" : "ul";
      return (
        <List className={`grid gap-1.5 ps-6 ${block.isOrdered ? "list-decimal" : "list-disc"}`}>
          {block.items.map((item) => (
            <li key={item}>
              <Line text={item} name={name} />
            </li>
          ))}
        </List>
      );
    }
    case "table":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <div tabIndex={0} className="overflow-x-auto rounded-xl border border-line">
          <table className="w-full text-caption *:align-top">
            <thead className="bg-surface text-start">
              <tr>
                {block.head.map((cell) => (
                  <th key={cell} scope="col" className="px-3 py-2 text-start font-semibold">
                    <Line text={cell} name={name} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {block.rows.map((row) => (
                <tr key={row.join("|")}>
                  {row.map((cell, at) => (
                    <td key={`${block.head[at]} ${cell}`} className="min-w-24 px-3 py-2 align-top">
                      <Line text={cell} name={name} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    default:
      return (
        <p className="text-pretty">
          <Line text={block.text} name={name} />
        </p>
      );
  }
}

/** A document of docs/, as it is written: in English. */
export function HelpDocument({ text, name }: { text: string; name: string }) {
  return (
    <article lang="en" dir="ltr" className="grid grid-cols-1 gap-4">
      {blocksOf(text).map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document is drawn once, and its parts stay
        <Part key={`${at} ${block.kind}`} block={block} name={name} />
      ))}
    </article>
  );
}
