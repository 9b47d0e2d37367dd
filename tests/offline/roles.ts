/**
 * Which film of the stand-ins plays which part in the library for working offline. Numbers are
 * those of tests/upstreams/films.json; every film that is not named here is ready to be watched.
 */

/** Not in the library: there to be added by hand. */
export const filmsToAdd = { fast: 42, slow: 59, magnet: 60 } as const;

/** Not in the library either: the two films that the undecided movie, called "Fog", may be. */
export const filmsToChooseFrom: readonly number[] = [11, 36];

/** How a download stands. All but the last three are real torrents that qBittorrent runs. */
export const downloadRoles = {
  /** From a web seed that gives a few kilobytes a second. */
  slow: 39,
  /** The same, paused once it has begun. */
  paused: 45,
  /** Nobody shares it. */
  unshared: 31,
  /** A magnet whose file list never arrives. */
  magnet: 46,
  /** Comes down, is made playable and is shared from then on, all in the first half minute. */
  finishing: 14,
  /** Pretended, since these pass too quickly to be looked at: qBittorrent does not have them. */
  queued: 44,
  checking: 25,
  moving: 29,
} as const;

/** Movies that are not ready and do not download. */
export const otherRoles = {
  /** Its only version was deleted. */
  adding: 57,
  /** Is being converted, for a minute or two after the first start. */
  converting: 34,
  waitsForDisk: 35,
  /** Fails while it is processed: the file is damaged. */
  damaged: 40,
  /** Fails before it downloads: the torrent holds programs. */
  bait: 63,
} as const;

/** Ready movies that are special. */
export const readyRoles = {
  twoAudioTracks: 1,
  manySubtitles: 5,
  twoVersions: 9,
  noSubtitles: 2,
  /** One of its subtitles is made of pictures. */
  pictureSubtitle: 8,
} as const;

/** Films whose cast has faces, and whose backdrops are stored in every width. */
export const dressedFully = (number: number) => number <= 6 || number === 9;
