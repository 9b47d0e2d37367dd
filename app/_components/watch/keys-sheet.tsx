"use client";

import { Fragment } from "react";
import { useTranslations } from "use-intl";
import { Sheet } from "./sheet";

/** Keys in the order in which they are wanted; words are looked up by name. */
const keys: { does: string; keys: string[]; needs?: "chapters" | "next" }[] = [
  { does: "keyPlay", keys: ["space", "K"] },
  { does: "keySeek", keys: ["←", "→", "J", "L"] },
  { does: "keyVolume", keys: ["↑", "↓"] },
  { does: "keyMute", keys: ["M"] },
  { does: "keyFullscreen", keys: ["F"] },
  { does: "keySubtitles", keys: ["C"] },
  { does: "keyDelay", keys: ["Z", "X"] },
  { does: "keyPicture", keys: ["P"] },
  { does: "keyRate", keys: ["<", ">"] },
  { does: "keyTenths", keys: ["0", "9"] },
  { does: "keyChapters", keys: [",", "."], needs: "chapters" },
  { does: "keyNext", keys: ["N"], needs: "next" },
  { does: "keyLeave", keys: ["Esc"] },
  { does: "keyHelp", keys: ["?"] },
];

/** All keys of the player, for whoever pressed `?` or the button. */
export function KeysSheet({
  container,
  has,
  onClose,
}: {
  container: HTMLElement;
  has: { chapters: boolean; next: boolean };
  onClose: () => void;
}) {
  const t = useTranslations("watch");
  return (
    <Sheet
      container={container}
      title={t("keys")}
      description={t("keysDescription")}
      onClose={onClose}
    >
      <dl className="watch-keys">
        {keys
          .filter(({ needs }) => !needs || has[needs])
          .map((row) => (
            <Fragment key={row.does}>
              <dt>
                {row.keys.map((key) => (
                  <kbd key={key}>{key === "space" ? t("keySpace") : key}</kbd>
                ))}
              </dt>
              <dd>{t(row.does)}</dd>
            </Fragment>
          ))}
      </dl>
    </Sheet>
  );
}
