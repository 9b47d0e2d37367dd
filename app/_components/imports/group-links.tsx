import Link from "next/link";
import type { ScanView } from "@/lib/imports/schema";
import { words } from "@/lib/web/words";

const groups = ["ready", "check", "done"] as const;

interface GroupLinksProps {
  scan: ScanView;
  group: string | null;
  href: (group: string) => string;
}

/** All films of a scan, or those of one group. */
export async function GroupLinks({ scan, group, href }: GroupLinksProps) {
  const t = await words("folders");
  const entries = [
    { name: "", label: t("group.all", { count: scan.films }) },
    ...groups.map((name) => ({ name, label: t(`group.${name}`, { count: scan.groups[name] }) })),
  ];
  return (
    <nav aria-label={t("groups")}>
      <ul data-row className="flex flex-wrap gap-2">
        {entries.map(({ name, label }) => (
          <li key={name}>
            <Link
              href={href(name)}
              prefetch={false}
              data-stop
              aria-current={(group ?? "") === name ? "page" : undefined}
              className="inline-flex min-h-11 items-center rounded-lg border border-line bg-surface px-3.5 transition-colors hover:bg-raised aria-[current=page]:border-lamp/60 aria-[current=page]:text-lamp"
              data-numbers
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
