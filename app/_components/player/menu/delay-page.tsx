import { Minus, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import { useLocale, useTranslations } from "use-intl";
import { asItCame, boundedOffset, delayStepMs, isAsItCame } from "@/lib/subtitles/timing";
import type { PageProps } from "./menu-panel";
import { TimingSaved, TimingText } from "./timing-text";
import { signedDelay } from "./words";

const repeatAfterMs = 400;
const repeatEveryMs = 70;

/** A button that goes on for as long as it is held. */
function HoldButton({
  label,
  isFirst = false,
  onStep,
  children,
}: {
  label: string;
  isFirst?: boolean;
  onStep(): void;
  children: ReactNode;
}) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  const latest = useRef(onStep);
  latest.current = onStep;
  const goOn = () => {
    latest.current();
    timer.current = setTimeout(goOn, repeatEveryMs);
  };
  return (
    <button
      type="button"
      className="player-menu-step"
      aria-label={label}
      data-first={isFirst || undefined}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        stop();
        onStep();
        timer.current = setTimeout(goOn, repeatAfterMs);
      }}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onContextMenu={(event) => event.preventDefault()}
      // By the keyboard, or by what reads the screen: there was no pointer.
      onClick={(event) => event.detail === 0 && onStep()}
    >
      {children}
    </button>
  );
}

/** Moves the subtitle that is shown, in small steps. */
export function DelayPage({ subtitles, mayMend, open }: PageProps) {
  const t = useTranslations("playerMenu");
  const locale = useLocale();
  const shown = subtitles.shown();
  if (!shown) return <p className="player-menu-hint">{t("noneShown")}</p>;
  const timing = subtitles.timing(shown.id);
  const move = (byMs: number) => () =>
    subtitles.setTiming(shown.id, {
      ...timing,
      offsetMs: boundedOffset(subtitles.timing(shown.id).offsetMs + byMs),
    });
  const by = signedDelay(delayStepMs, locale).replace("+", "");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    move(event.key === "ArrowLeft" ? -delayStepMs : delayStepMs)();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons inside do the same
    <div className="player-menu-body player-menu-padded" onKeyDown={onKeyDown}>
      <div className="player-menu-steps">
        <HoldButton label={t("stepEarlier", { time: by })} onStep={move(-delayStepMs)}>
          <Minus aria-hidden className="size-6" />
        </HoldButton>
        <TimingText timing={timing} />
        <HoldButton label={t("stepLater", { time: by })} isFirst onStep={move(delayStepMs)}>
          <Plus aria-hidden className="size-6" />
        </HoldButton>
      </div>
      <TimingSaved subtitles={subtitles} id={shown.id} mayMend={mayMend} />
      <div className="player-menu-row">
        <button
          type="button"
          className="player-menu-quiet"
          disabled={isAsItCame(timing)}
          onClick={() => subtitles.setTiming(shown.id, asItCame)}
        >
          {t("reset")}
        </button>
        <button type="button" className="player-menu-quiet" onClick={() => open("sync")}>
          {t("sync")}
        </button>
      </div>
    </div>
  );
}
