import type { Handlers } from "./context";
import { fetchMetadata } from "./handlers/fetch-metadata";
import { findSubtitles } from "./handlers/find-subtitles";
import { importVersion } from "./handlers/import";
import { joinVersionParts } from "./handlers/join-parts";
import { makePlayable } from "./handlers/make-playable";
import { makePreviews } from "./handlers/make-previews";
import { prepareDownload } from "./handlers/prepare-download";
import { publish } from "./handlers/publish";
import { removeLeftovers } from "./handlers/remove-leftovers";
import { startDownload } from "./handlers/start-download";

/** Who does what. */
export const handlers: Handlers = {
  "fetch-metadata": fetchMetadata,
  "start-download": startDownload,
  "prepare-download": prepareDownload,
  import: importVersion,
  "join-parts": joinVersionParts,
  "make-playable": makePlayable,
  publish,
  "make-previews": makePreviews,
  "find-subtitles": findSubtitles,
  "remove-leftovers": removeLeftovers,
};
