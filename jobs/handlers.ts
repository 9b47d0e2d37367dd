import type { Handlers } from "./context";
import { copySubtitles } from "./handlers/copy-subtitles";
import { deleteOriginal } from "./handlers/delete-original";
import { fetchMetadata } from "./handlers/fetch-metadata";
import { findReplacementOf } from "./handlers/find-replacement";
import { findSubtitles } from "./handlers/find-subtitles";
import { importVersion } from "./handlers/import";
import { importFiles } from "./handlers/import-files";
import { joinVersionParts } from "./handlers/join-parts";
import { makePlayable } from "./handlers/make-playable";
import { makePreviews } from "./handlers/make-previews";
import { makeVersion } from "./handlers/make-version";
import { prepareDownload } from "./handlers/prepare-download";
import { publish } from "./handlers/publish";
import { removeLeftovers } from "./handlers/remove-leftovers";
import { resumeDownload } from "./handlers/resume-download";
import { retireFile } from "./handlers/retire-file";
import { scanFolder } from "./handlers/scan-folder";
import { startDownload } from "./handlers/start-download";
import { tellWebhook } from "./handlers/webhook";

/** Who does what. */
export const handlers: Handlers = {
  "fetch-metadata": fetchMetadata,
  "start-download": startDownload,
  "prepare-download": prepareDownload,
  "resume-download": resumeDownload,
  "find-replacement": findReplacementOf,
  import: importVersion,
  "join-parts": joinVersionParts,
  "make-playable": makePlayable,
  "make-version": makeVersion,
  publish,
  "copy-subtitles": copySubtitles,
  "make-previews": makePreviews,
  "retire-file": retireFile,
  "delete-original": deleteOriginal,
  "find-subtitles": findSubtitles,
  "scan-folder": scanFolder,
  "import-files": importFiles,
  "remove-leftovers": removeLeftovers,
  webhook: tellWebhook,
};
