"use client";

import { FileUp, RefreshCw, Search } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { refreshSubtitlesAction } from "@/lib/subtitles/actions";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { FindDialog } from "./find-dialog";
import { UploadDialog } from "./upload-dialog";

interface VersionToolsProps {
  movieId: string;
  versionId: string;
  languages: { code: string; name: string }[];
  wantedLanguages: string[];
}

/** Ways to more subtitles: a file of one's own, what others made, another look everywhere. */
export function VersionTools(props: VersionToolsProps) {
  const { movieId, versionId, languages, wantedLanguages } = props;
  const t = useTranslations("subtitles");
  const [open, setOpen] = useState<"upload" | "find" | null>(null);
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen("find")}>
        <Search aria-hidden className="size-5" />
        {t("find")}
      </Button>
      <Button onClick={() => setOpen("upload")}>
        <FileUp aria-hidden className="size-5" />
        {t("upload")}
      </Button>
      <CommandButton
        tone="quiet"
        command={() => refreshSubtitlesAction({ movieIds: [movieId] })}
        said={t("lookingAgain")}
      >
        <RefreshCw aria-hidden className="size-5" />
        {t("lookAgain")}
      </CommandButton>
      <UploadDialog
        open={open === "upload"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "upload" : null)}
        versionId={versionId}
        languages={languages}
      />
      <FindDialog
        open={open === "find"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "find" : null)}
        versionId={versionId}
        languages={languages}
        wantedLanguages={wantedLanguages}
      />
    </div>
  );
}
