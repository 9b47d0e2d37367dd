import { useEffect, useReducer, useRef } from "react";
import { useTranslations } from "use-intl";
import { applyLook, houseLook, lookChoices, type WholeLook, wholeLook } from "../subtitle-look";
import "./look-page.css";
import type { PageProps } from "./menu-panel";

type Name = keyof WholeLook;

const names: Name[] = ["sizePercent", "color", "background", "edge"];

/** How subtitles look, with a line to see it by; the film behind shows it, too. */
export function LookPage({ player, choices, subtitles }: PageProps) {
  const t = useTranslations("playerMenu");
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const sample = useRef<HTMLDivElement>(null);
  const look = wholeLook(choices.preferences.subtitleLook);
  useEffect(() => {
    if (sample.current) applyLook(sample.current, look);
  });
  const change = (changed: Partial<WholeLook>) => {
    const next = { ...look, ...changed };
    choices.setLook(next);
    applyLook(player.el() as HTMLElement, next);
    subtitles.redraw();
    redraw();
  };
  const text = (name: Name, value: string | number) =>
    name === "sizePercent" ? t("percent", { value: Number(value) / 100 }) : t(`${name}s.${value}`);
  const isHouse = names.every((name) => look[name] === houseLook[name]);
  return (
    <>
      <div ref={sample} className="player-look-sample">
        <span className="player-look-cue">
          <span>{t("sample")}</span>
        </span>
      </div>
      <div className="player-menu-body player-menu-padded">
        {names.map((name) => (
          <div key={name} role="radiogroup" aria-label={t(name)} className="player-look-group">
            <p aria-hidden>{t(name)}</p>
            <div>
              {lookChoices[name].map((value) => (
                // biome-ignore lint/a11y/useSemanticElements: the arrow keys of the menu lead over them
                <button
                  key={value}
                  type="button"
                  role="radio"
                  aria-checked={look[name] === value}
                  aria-label={text(name, value)}
                  title={text(name, value)}
                  className="player-look-choice"
                  data-color={name === "color" ? value : undefined}
                  onClick={() => change({ [name]: value })}
                >
                  {name === "color" ? <span aria-hidden /> : text(name, value)}
                </button>
              ))}
            </div>
          </div>
        ))}
        <button
          type="button"
          className="player-menu-quiet"
          disabled={isHouse}
          onClick={() => change(houseLook)}
        >
          {t("reset")}
        </button>
      </div>
    </>
  );
}
