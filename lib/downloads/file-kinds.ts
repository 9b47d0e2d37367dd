export type FileKind = "video" | "subtitle" | "archive" | "dangerous" | "disc" | "other";

const list = (text: string) => new Set(text.split(" "));

const video = list(
  "mkv mp4 m4v avi mov qt wmv asf flv f4v webm mpg mpeg m1v m2v mpv mpe ts m2ts mts tp trp vob " +
    "ogm ogv divx xvid rm rmvb 3gp 3g2 mk3d wtv dvr-ms mxf",
);
/** Text that can be turned into subtitles. Bitmaps (.sup, .idx with its .sub) are of no use. */
const subtitle = list("srt ass ssa vtt webvtt sub smi sami ttml dfxp mpl usf");
const archive = list("rar zip 7z tar gz tgz bz2 xz zst cab ace arj lzh lha z 001");
/** What runs when it is opened, or leads elsewhere: never part of a movie. */
const dangerous = list(
  "exe scr com pif bat cmd msi msp msix appx lnk url website desktop webloc js jse mjs vbs vbe " +
    "wsf wsh hta ps1 psm1 reg inf scf cpl dll sys ocx jar jnlp apk ipa app dmg pkg deb rpm sh bash " +
    "run bin elf py rb pl php gadget chm application xbap iqy library-ms search-ms docm xlsm zipx",
);
const disc = list("iso img nrg mdf mds bin2 cue ccd");

/** The last extension in lower case: `Movie.mkv.EXE ` is `exe`. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/[\s.]+$/, "");
  const dot = name.lastIndexOf(".");
  return dot === -1 ? "" : name.slice(dot + 1).toLowerCase();
}

/** What a file is by its name; names can lie, so what plays is decided by ffprobe later. */
export function kindOf(path: string): FileKind {
  const extension = extensionOf(path);
  if (video.has(extension)) return "video";
  if (subtitle.has(extension)) return "subtitle";
  if (dangerous.has(extension)) return "dangerous";
  // Volumes of a split archive: .r00, .z01, .7z.002, .part1.rar.
  if (archive.has(extension) || /^([r-z]\d\d|0\d\d)$/.test(extension)) return "archive";
  if (disc.has(extension)) return "disc";
  return "other";
}
