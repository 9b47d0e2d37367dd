import { Folder, TriangleAlert } from "lucide-react";
import type { ImportFolder } from "@/lib/imports/schema";
import { words } from "@/lib/web/words";
import { Card } from "../ui/card";
import { LinkButton } from "../ui/link-button";
import { Moment } from "../words/moment";
import { ScanButton } from "./scan-button";

/** An import folder: how it is, when it was last looked through, and the button that does it. */
export async function FolderCard({ folder, isShown }: { folder: ImportFolder; isShown: boolean }) {
  const t = await words("folders");
  const { path, detail, scan } = folder;
  const isOn = scan?.status === "walking" || scan?.status === "matching";
  return (
    <li>
      <Card
        className={`flex flex-wrap items-center gap-x-4 gap-y-3 ${isShown ? "border-lamp/50" : ""}`}
      >
        {detail ? (
          <TriangleAlert aria-hidden className="size-6 shrink-0 text-danger" />
        ) : (
          <Folder aria-hidden className="size-6 shrink-0 text-lamp" />
        )}
        <div className="grid min-w-0 grow basis-56 gap-0.5">
          <p dir="ltr" className="text-start font-medium break-all">
            {path}
          </p>
          <p data-numbers className={`text-caption ${detail ? "text-danger" : "text-faint"}`}>
            {detail ??
              (scan ? (
                <>
                  {t("lastScan", { count: scan.films })} <Moment at={scan.startedAt} />
                </>
              ) : (
                t("neverScanned")
              ))}
          </p>
        </div>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:grow">
          {scan && !isShown && (
            <LinkButton href={`/manage/import?scan=${scan.id}`}>{t("showScan")}</LinkButton>
          )}
          {!detail && (
            <ScanButton
              folder={path}
              isPrimary={scan === null}
              isOn={isOn}
              label={scan ? t("scanAgain") : t("scan")}
            />
          )}
        </div>
      </Card>
    </li>
  );
}
