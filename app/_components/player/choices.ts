import type { Preferences, TrackChoice } from "@/lib/users/schema";
import type { WatchingPerson } from "./watchable";

/** What a person chose, as it is now: read where a film or a version of it begins. */
export interface Choices {
  readonly preferences: Preferences;
  readonly choice: TrackChoice;
  /** Keeps a pick of sound or subtitle, for this movie and as a taste. */
  pick(choice: TrackChoice): void;
  /** Keeps how subtitles look. */
  setLook(look: NonNullable<Preferences["subtitleLook"]>): void;
}

const settleMs = 500;

function send(method: "PUT" | "PATCH", address: string, body: object): void {
  // Goes on when the page is left. Offline, the choice holds for as long as the page is open.
  fetch(address, {
    method,
    keepalive: true,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {});
}

/** The choices of who watches: they follow the person to other devices, so the server keeps them. */
export function personChoices(movieId: string, person: WatchingPerson): Choices {
  let { preferences, choice } = person;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sendLook = () => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", sendLook);
    const { subtitleLook } = preferences;
    if (subtitleLook) send("PATCH", "/api/v1/me", { subtitleLook });
  };
  return {
    get preferences() {
      return preferences;
    },
    get choice() {
      return choice;
    },
    pick(picked) {
      choice = { ...choice, ...picked };
      send("PUT", `/api/v1/me/choices/${movieId}`, picked);
    },
    setLook(subtitleLook) {
      preferences = { ...preferences, subtitleLook };
      clearTimeout(timer);
      timer = setTimeout(sendLook, settleMs);
      window.addEventListener("pagehide", sendLook);
    },
  };
}
