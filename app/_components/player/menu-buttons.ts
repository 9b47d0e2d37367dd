import type Player from "video.js/dist/types/player";

/** What opens the menu: the subtitles at once, or everything. */
export type MenuOpener = "subtitles" | "settings";

/** The parts of video.js's components that are used here; its own types are looser. */
interface Part {
  el(): HTMLElement;
  children(): Part[];
  addChild(name: string, options: object, index: number): Part;
}

const icons = { subtitles: "vjs-icon-subtitles", settings: "vjs-icon-cog" };

export interface MenuButtons {
  /** Whether there are subtitles to choose from, and whether one is shown. */
  setSubtitles(state: { areThere: boolean; isShown: boolean }): void;
  /** Which one the menu was opened by; null when it is closed. */
  setOpen(opener: MenuOpener | null): void;
  focus(opener: MenuOpener): void;
}

/** Puts the two buttons of the menu into the control bar, before those of the window. */
export function addMenuButtons(
  player: Player,
  names: Record<MenuOpener, string>,
  onPress: (opener: MenuOpener, isByKey: boolean) => void,
): MenuButtons | null {
  const bar = player.getChild("controlBar") as unknown as Part | undefined;
  if (!bar) return null;
  const atWindow = bar
    .children()
    .findIndex((part) => part.el()?.classList.contains("vjs-picture-in-picture-control"));
  const add = (opener: MenuOpener, index: number) => {
    const button = bar.addChild(
      "button",
      {
        controlText: names[opener],
        className: `player-${opener}-button`,
        // It is given all that the listener was given. A press of a key has no pointer's count.
        clickHandler: ({ 0: event }: ArrayLike<UIEvent>) =>
          onPress(opener, event?.type === "click" && event.detail === 0),
      },
      index,
    );
    button.el().querySelector(".vjs-icon-placeholder")?.classList.add(icons[opener]);
    button.el().setAttribute("aria-haspopup", "dialog");
    button.el().setAttribute("aria-expanded", "false");
    return button.el();
  };
  const index = atWindow < 0 ? bar.children().length : atWindow;
  const elements = { subtitles: add("subtitles", index), settings: add("settings", index + 1) };
  return {
    setSubtitles({ areThere, isShown }) {
      elements.subtitles.classList.toggle("vjs-hidden", !areThere);
      elements.subtitles.classList.toggle("is-on", isShown);
    },
    setOpen(opener) {
      for (const [name, element] of Object.entries(elements)) {
        element.setAttribute("aria-expanded", String(name === opener));
      }
    },
    focus: (opener) => elements[opener].focus(),
  };
}

/**
 * Where the menu is drawn: inside the player, so that it is there in full screen. What is pressed in
 * it is no press of the film behind it.
 */
export function addMenuHost(player: Player): HTMLElement {
  const outer = document.createElement("div");
  outer.className = "player-menu-host";
  const inner = document.createElement("div");
  outer.append(inner);
  const kinds = ["pointerdown", "pointermove", "pointerup", "mousedown", "mouseup", "click"];
  for (const kind of [...kinds, "dblclick", "touchstart", "touchmove", "touchend"]) {
    outer.addEventListener(kind, (event) => event.stopPropagation(), { passive: true });
  }
  player.el().append(outer);
  return inner;
}

/** Keeps the controls on the screen while the menu is open. */
export function holdControls(player: Player, inactivityTimeout: number): () => void {
  player.options({ inactivityTimeout: 0 });
  player.userActive(true);
  player.reportUserActivity({} as Event);
  return () => {
    if (player.isDisposed()) return;
    player.options({ inactivityTimeout });
    player.reportUserActivity({} as Event);
  };
}
