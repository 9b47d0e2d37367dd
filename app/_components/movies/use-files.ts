"use client";

import { useCallback, useEffect, useState } from "react";
import type { FileView } from "@/lib/versions/schema";

interface Files {
  /** Null while they are asked for the first time. */
  files: FileView[] | null;
  failed: boolean;
  ask: () => Promise<void>;
}

/** A movie's files: looked at on the disk when somebody wants to see them, and not before. */
export function useFiles(movieId: string): Files {
  const [files, setFiles] = useState<FileView[] | null>(null);
  const [failed, setFailed] = useState(false);

  const ask = useCallback(async () => {
    try {
      const response = await fetch(`/api/v1/movies/${movieId}/files`);
      if (!response.ok) throw new Error(String(response.status));
      const answer = (await response.json()) as { items: FileView[] };
      setFiles(answer.items);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [movieId]);

  useEffect(() => {
    void ask();
  }, [ask]);

  return { files, failed, ask };
}

/** A person's own file stays; what plays, seeds or is worked on goes with its version or download. */
export function mayDelete(file: FileView): boolean {
  if (file.relativePath.startsWith("import/")) return false;
  if (file.role === "subtitle" && file.relativePath.startsWith("media/")) return true;
  return !file.inUse && !file.missing;
}
