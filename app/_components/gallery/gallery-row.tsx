"use client";

import { ChevronRight, RotateCw, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { refreshGalleryAction, unfollowGalleryAction } from "@/lib/galleries/actions";
import type { GalleryView } from "@/lib/galleries/schema";
import { CommandButton } from "../ui/command-button";

interface GalleryRowProps {
  gallery: GalleryView;
  /** When it was looked at last, drawn by the server. */
  fetched: ReactNode;
}

/** As a person would say it: without what every address begins and a gallery ends with. */
const shortAddress = (url: string) =>
  url.replace(/^https?:\/\//, "").replace(/(\/gallery)?\/index\.json$/, "");

/** A gallery that is followed: into it, a look at what is new, and no more. */
export function GalleryRow({ gallery, fetched }: GalleryRowProps) {
  const t = useTranslations("gallery");
  const { id, name, url, count, copied, unreadable, detail } = gallery;
  return (
    <li className="relative grid grid-cols-1 gap-2 rounded-xl border border-line bg-surface p-4 transition-colors hover:border-faint sm:p-5">
      <h2 className="text-heading">
        {/* The whole card is pressed; what is pressed beside it lies above. */}
        <Link
          href={`/manage/sources/gallery/${id}`}
          prefetch={false}
          className="flex items-center justify-between gap-3 after:absolute after:inset-0 after:rounded-xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-lamp"
        >
          <bdi className="min-w-0 break-words">{name}</bdi>
          <ChevronRight aria-hidden className="size-5 shrink-0 text-faint rtl:rotate-180" />
        </Link>
      </h2>
      <p className="flex flex-wrap gap-x-4 text-caption text-faint">
        <span className="text-text">{t("count", { count })}</span>
        {copied > 0 && <span>{t("copiedCount", { count: copied })}</span>}
        {unreadable > 0 && <span>{t("unreadable", { count: unreadable })}</span>}
        {fetched && (
          <span>
            {t("lastLook")} {fetched}
          </span>
        )}
      </p>
      <p dir="ltr" title={url} className="truncate text-start text-caption text-faint">
        {shortAddress(url)}
      </p>
      {detail && <p className="text-caption text-danger">{t("lookFailed", { detail })}</p>}
      <div className="relative -ms-4 flex flex-wrap items-center gap-1 justify-self-start">
        <CommandButton
          tone="quiet"
          command={() => refreshGalleryAction({ galleryId: id })}
          said={(why) => why ?? t("upToDate", { name })}
          label={t("lookAgainLabel", { name })}
        >
          <RotateCw aria-hidden className="size-4" />
          {t("lookAgain")}
        </CommandButton>
        <CommandButton
          tone="quiet"
          label={t("unfollowLabel", { name })}
          command={() => unfollowGalleryAction({ galleryId: id })}
          said={t("unfollowed", { name })}
          ask={{
            title: t("unfollowTitle", { name }),
            description: t("unfollowDescription"),
            confirm: t("unfollow"),
          }}
        >
          <X aria-hidden className="size-4" />
          {t("unfollow")}
        </CommandButton>
      </div>
    </li>
  );
}
