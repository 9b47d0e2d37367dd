"use client";

import { RotateCw, Trash2 } from "lucide-react";
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

/** A gallery that is followed: into it, a look at what is new, and no more. */
export function GalleryRow({ gallery, fetched }: GalleryRowProps) {
  const t = useTranslations("gallery");
  const { id, name, url, count, copied, unreadable, detail } = gallery;
  return (
    <li className="grid grid-cols-1 gap-2 rounded-xl border border-line bg-surface p-4">
      <h2 className="text-heading">
        <Link
          href={`/manage/sources/gallery/${id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
      </h2>
      <p className="text-caption break-all text-faint">
        <bdi>{url}</bdi>
      </p>
      <p className="flex flex-wrap gap-x-4 text-caption text-faint">
        <span>{t("count", { count })}</span>
        {copied > 0 && <span>{t("copiedCount", { count: copied })}</span>}
        {unreadable > 0 && <span>{t("unreadable", { count: unreadable })}</span>}
        {fetched && (
          <span>
            {t("lastLook")} {fetched}
          </span>
        )}
      </p>
      {detail && <p className="text-caption text-danger">{t("lookFailed", { detail })}</p>}
      <div className="flex flex-wrap items-center gap-1">
        <CommandButton
          command={() => refreshGalleryAction({ galleryId: id })}
          said={(why) => why ?? t("upToDate", { name })}
          label={t("lookAgainLabel", { name })}
        >
          <RotateCw aria-hidden className="size-4" />
          {t("lookAgain")}
        </CommandButton>
        <CommandButton
          square
          tone="quiet"
          className="ms-auto"
          label={t("unfollowLabel", { name })}
          command={() => unfollowGalleryAction({ galleryId: id })}
          said={t("unfollowed", { name })}
          ask={{
            title: t("unfollowTitle", { name }),
            description: t("unfollowDescription"),
            confirm: t("unfollow"),
          }}
        >
          <Trash2 aria-hidden className="size-5" />
        </CommandButton>
      </div>
    </li>
  );
}
