/** Without a touch of mouse, finger or key for so long, the controls fade. */
export const inactivityTimeoutMs = 2500;

/** How video.js is set up: what is chosen while watching lies in a menu of our own. */
export function playerOptions({
  language,
  posterUrl,
}: {
  language: string;
  posterUrl: string | null;
}): object {
  return {
    controls: true,
    autoplay: true,
    fill: true,
    playsinline: true,
    preload: "auto",
    language,
    // One look for subtitles in every browser, and none of them fetched before it is switched on.
    html5: { nativeTextTracks: false, preloadTextTracks: false },
    textTrackSettings: false,
    inactivityTimeout: inactivityTimeoutMs,
    controlBar: {
      skipButtons: { forward: 10, backward: 10 },
      volumePanel: { inline: true },
      playbackRateMenuButton: false,
      chaptersButton: false,
      descriptionsButton: false,
      subsCapsButton: false,
      audioTrackButton: false,
    },
    ...(posterUrl ? { poster: posterUrl } : {}),
  };
}
