"use client";

import { Airplay, Cast, Keyboard, List } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import type Player from "video.js/dist/types/player";
import { showToast } from "../ui/toast";
import { type CastKind, castTo, watchForDevices } from "./casting";

/** The few buttons at the top of the film; they come and go with its controls. */
export function Tools({
  player,
  versionId,
  mayCast,
  onChapters,
  onKeys,
}: {
  player: Player;
  versionId: string;
  mayCast: boolean;
  /** Null where a film has no chapters. */
  onChapters: (() => void) | null;
  onKeys: () => void;
}) {
  const t = useTranslations("watch");
  const [device, setDevice] = useState<CastKind | null>(null);
  useEffect(() => {
    let stop = () => {};
    player.ready(() => {
      stop = watchForDevices(player, setDevice);
    });
    return () => stop();
  }, [player]);
  const cast = async (kind: CastKind) => {
    try {
      await castTo(player, kind, versionId);
    } catch (error) {
      // Choosing none is an answer.
      if (error instanceof DOMException && error.name === "NotAllowedError") return;
      showToast({ message: t("castFailed"), detail: t("castFailedDetail"), tone: "danger" });
    }
  };
  return (
    <div className="watch-tools watch-own">
      {mayCast && device && (
        <button
          type="button"
          className="watch-tool"
          aria-label={t(device === "airplay" ? "airplay" : "cast")}
          onClick={() => void cast(device)}
        >
          {device === "airplay" ? (
            <Airplay aria-hidden className="size-5" />
          ) : (
            <Cast aria-hidden className="size-5" />
          )}
        </button>
      )}
      {onChapters && (
        <button
          type="button"
          className="watch-tool"
          aria-label={t("chapters")}
          aria-haspopup="dialog"
          onClick={onChapters}
        >
          <List aria-hidden className="size-5" />
        </button>
      )}
      <button
        type="button"
        className="watch-tool watch-tool-keys"
        aria-label={t("keys")}
        aria-haspopup="dialog"
        onClick={onKeys}
      >
        <Keyboard aria-hidden className="size-5" />
      </button>
    </div>
  );
}
