import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { blocksOf } from "@/app/_components/help/blocks";
import { HelpDocument } from "@/app/_components/help/document";
import { Mark } from "@/app/_components/shell/mark";
import { readDocument } from "@/lib/web/documents";
import { words } from "@/lib/web/words";

type Props = PageProps<"/help/[[...page]]">;

async function documentOf({ params }: Props): Promise<{ name: string; text: string }> {
  await connection();
  const { page } = await params;
  const name = page?.join("/") ?? "README";
  const text = await readDocument(name);
  if (text === null) notFound();
  return { name, text };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { text } = await documentOf(props);
  const [first] = blocksOf(text);
  const t = await words("landing");
  return { title: first?.kind === "heading" ? first.text : t("help") };
}

/** The documentation, for anybody: it tells of Vigilio, and nothing of this household. */
export default async function HelpPage(props: Props) {
  const [{ name, text }, app, t] = await Promise.all([
    documentOf(props),
    words("app"),
    words("landing"),
  ]);
  const linkClass = "flex min-h-11 items-center gap-2.5 rounded-lg";
  return (
    <div className="mx-auto grid min-h-dvh w-full max-w-3xl grid-cols-1 content-start gap-8 px-(--gutter) pt-4 pb-16">
      <header className="flex flex-wrap items-center justify-between gap-x-6">
        <Link href="/" prefetch={false} className={`${linkClass} text-heading`}>
          <Mark className="size-7" />
          {app("name")}
        </Link>
        {name !== "README" && (
          <Link href="/help" prefetch={false} className={`${linkClass} text-faint underline`}>
            {t("help")}
          </Link>
        )}
      </header>
      <main>
        <HelpDocument text={text} name={name} />
      </main>
    </div>
  );
}
