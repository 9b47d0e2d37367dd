import {
  ChevronRight,
  FileJson,
  LibraryBig,
  type LucideIcon,
  MousePointerClick,
  RadioTower,
} from "lucide-react";
import Link from "next/link";
import { words } from "@/lib/web/words";

const ways = [
  { name: "indexer", href: "/manage/sources/new?way=indexer", icon: RadioTower },
  { name: "schema", href: "/manage/sources/new?way=schema", icon: FileJson },
  { name: "builder", href: "/manage/sources/builder", icon: MousePointerClick },
  { name: "gallery", href: "/manage/sources/gallery", icon: LibraryBig },
] as const satisfies { name: string; href: string; icon: LucideIcon }[];

/** The ways to a source. */
export async function WaysToAdd() {
  const t = await words("sources");
  return (
    <ul className="grid grid-cols-1 gap-3">
      {ways.map(({ name, href, icon: Icon }) => (
        <li key={name}>
          <Link
            href={href}
            prefetch={false}
            className="flex items-center gap-4 rounded-xl border border-line bg-surface p-4 transition-colors hover:bg-raised"
          >
            <Icon aria-hidden className="size-6 shrink-0 text-lamp" />
            <span className="grid min-w-0 grow gap-0.5">
              <span className="font-medium">{t(`way.${name}`)}</span>
              <span className="text-caption text-faint">{t(`wayHint.${name}`)}</span>
            </span>
            <ChevronRight aria-hidden className="size-5 shrink-0 text-faint rtl:rotate-180" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
