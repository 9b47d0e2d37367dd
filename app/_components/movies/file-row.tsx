"use client";

import { useLocale, useTranslations } from "use-intl";
import type { FileView } from "@/lib/versions/schema";
import { Badge } from "../ui/badge";
import { sizeText } from "../words/measures";
import { mayDelete } from "./use-files";

interface FileRowProps {
  file: FileView;
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

/** One file: where it lies, how large it is, whether it is used or missing. */
export function FileRow({ file, chosen, onChoose }: FileRowProps) {
  const t = useTranslations("movieFiles");
  const locale = useLocale();
  const isDeletable = mayDelete(file);
  const why = isDeletable ? null : whyNot(file);
  return (
    <li
      className={`flex items-start gap-1 py-2 ps-1.5 pe-4 transition-colors ${chosen ? "bg-raised" : ""}`}
    >
      <label
        className={`grid size-11 shrink-0 place-items-center ${isDeletable ? "cursor-pointer" : ""}`}
      >
        <input
          type="checkbox"
          checked={chosen}
          disabled={!isDeletable}
          onChange={(event) => onChoose(event.target.checked)}
          aria-label={t("choose", { path: file.relativePath })}
          className="size-5 disabled:opacity-40"
        />
      </label>
      <div className="grid min-w-0 grow gap-0.5 pt-2.5">
        <p dir="ltr" className="text-start text-caption leading-5 break-all">
          {file.relativePath}
        </p>
        <p
          data-numbers
          className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-caption text-faint"
        >
          {file.sizeBytes !== null && <span>{sizeText(file.sizeBytes, locale)}</span>}
          {file.missing && <Badge tone="danger">{t("missing")}</Badge>}
          {file.inUse && !file.missing && <Badge tone="lamp">{t("inUse")}</Badge>}
          {why && <span>{t(`why.${why}`)}</span>}
        </p>
      </div>
    </li>
  );
}

/** What has to go first, or why it never does. */
function whyNot(file: FileView): "own" | "gone" | "plays" | "shared" | "shown" {
  if (file.relativePath.startsWith("import/")) return "own";
  if (file.missing) return "gone";
  if (file.role === "video") return "plays";
  return file.role === "image" ? "shown" : "shared";
}
