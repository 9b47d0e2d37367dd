/**
 * Demuxers that may open a file, by the names in ffmpeg's `-demuxers`. None of them can open a
 * second file: playlists (hls, dash, concat), image sequences and scripts stay out, so a file
 * dressed as a film cannot make ffmpeg read others or reach the network. Sound-only formats are
 * listed so that they are refused as "only sound" and not as "unreadable".
 */
const demuxers = [
  "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,mpegvideo,asf,asf_o,flv,live_flv",
  "ogg,rm,h264,hevc,m4v,vc1,vc1test,av1,obu,ivf,nut,mxf,gxf,wtv,dv,nsv,amv,swf,rawvideo,mjpeg",
  "h261,h263,cavsvideo,dirac,film_cpk,roq,bink,smk,4xm,vmd,viv,nuv,pva,tta,yuv4mpegpipe",
  "aac,ac3,eac3,dts,dtshd,truehd,mlp,mp3,flac,wav,w64,aiff,caf,amr,ape,wv,loas,opus",
].join(",");

/** Twice the pixels of 8K: larger frames are made to exhaust memory, not to be watched. */
const maxPixels = 2 * 7680 * 4320;

/** The largest block of memory that ffmpeg may ask for at once: an index of 8 hours needs less. */
const maxBlockBytes = 512 * 1024 ** 2;

/**
 * The input part of a command line for one local file: how much to read for finding the streams,
 * what may be opened, how much memory a frame or an index may take, and the path in a form in which
 * neither a leading dash nor a colon means anything.
 *
 * MPEG streams may start a track late: 50 MB and 20 s of film are looked through. Files with an
 * index never need as much.
 */
export function localInput(path: string): string[] {
  return [
    "-protocol_whitelist",
    "file",
    "-format_whitelist",
    demuxers,
    "-probesize",
    "50M",
    "-analyzeduration",
    "20M",
    "-max_pixels",
    String(maxPixels),
    "-max_alloc",
    String(maxBlockBytes),
    "-i",
    `file:${path}`,
  ];
}
