import { describe, expect, it } from "vitest";
import { masterPlaylist, mediaPlaylist, type Rendition } from "./playlists";
import type { Segment } from "./segments";
import type { TrackFile } from "./track-file";

function file(codec: string | null, segments: [seconds: number, bytes: number][]): TrackFile {
  const init = Buffer.alloc(100);
  let offset = init.length;
  let startSeconds = 0;
  const list = segments.map(([durationSeconds, bytes]): Partial<Segment> => {
    const one = { startSeconds, durationSeconds, offset, headerBytes: 10, dataBytes: bytes - 10 };
    offset += bytes;
    startSeconds += durationSeconds;
    return one;
  });
  return {
    ...{ init, sizeBytes: offset, endSeconds: startSeconds, frameCount: startSeconds * 25 },
    track: { codec },
    segments: list,
  } as unknown as TrackFile;
}

const rendition = (index: number, one: Partial<Rendition> = {}): Rendition => ({
  ...{ index, name: `Track ${index}`, language: null, channels: 2, isDefault: index === 0 },
  ...one,
});
const picture = file("avc1.640028", [
  [6, 60_000],
  [4, 20_000],
  [0.1, 9_000],
]);
const sound = (codec = "mp4a.40.2") => file(codec, [[10.1, 10_100]]);
const size = { width: 1920, height: 804 };

describe("masterPlaylist", () => {
  it("lists each sound as a rendition of one group", () => {
    const text = masterPlaylist({
      picture,
      sounds: [
        { file: sound(), rendition: rendition(0, { name: "English", language: "en" }) },
        { file: sound(), rendition: rendition(1, { name: 'A "quoted"\nname', language: "en" }) },
        { file: sound(), rendition: rendition(3, { language: "tr", channels: 6 }) },
        { file: sound(), rendition: rendition(4, { channels: null }) },
      ],
      size,
      query: "?ticket=a.b",
    });
    expect(text.split("\n")).toEqual([
      "#EXTM3U",
      "#EXT-X-VERSION:7",
      "#EXT-X-INDEPENDENT-SEGMENTS",
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="audio-0.m3u8?ticket=a.b"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="A quotedname",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHANNELS="2",URI="audio-1.m3u8?ticket=a.b"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Track 3",LANGUAGE="tr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="6",URI="audio-3.m3u8?ticket=a.b"',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Track 4",DEFAULT=NO,AUTOSELECT=NO,URI="audio-4.m3u8?ticket=a.b"',
      // 80,000 bit/s of the first six seconds and 8,000 of the sound; the short end says nothing.
      expect.stringMatching(
        /^#EXT-X-STREAM-INF:BANDWIDTH=88000,AVERAGE-BANDWIDTH=\d+,CODECS="avc1\.640028,mp4a\.40\.2",RESOLUTION=1920x804,FRAME-RATE=25\.000,AUDIO="audio"$/,
      ),
      "video.m3u8?ticket=a.b",
      "",
    ]);
  });

  it("names every codec once, or none when one has no name", () => {
    const list = (codecs: (string | null)[]) =>
      masterPlaylist({
        picture,
        sounds: codecs.map((codec, index) => ({
          file: file(codec, [[10, 10_000]]),
          rendition: rendition(index),
        })),
        size: null,
        query: "",
      });
    expect(list(["mp4a.40.2", "opus", "opus"])).toContain('CODECS="avc1.640028,mp4a.40.2,opus"');
    expect(list(["mp4a.40.2", null])).not.toContain("CODECS");
    expect(list(["opus", "opus"])).not.toContain("RESOLUTION");
  });
});

describe("mediaPlaylist", () => {
  it("lists byte ranges of the track's file", () => {
    expect(mediaPlaylist({ file: picture, uri: "video.mp4?ticket=a" }).split("\n")).toEqual([
      "#EXTM3U",
      "#EXT-X-VERSION:7",
      "#EXT-X-TARGETDURATION:6",
      "#EXT-X-MEDIA-SEQUENCE:0",
      "#EXT-X-PLAYLIST-TYPE:VOD",
      "#EXT-X-INDEPENDENT-SEGMENTS",
      '#EXT-X-MAP:URI="video.mp4?ticket=a",BYTERANGE="100@0"',
      ...["#EXTINF:6.000000,", "#EXT-X-BYTERANGE:60000@100", "video.mp4?ticket=a"],
      ...["#EXTINF:4.000000,", "#EXT-X-BYTERANGE:20000@60100", "video.mp4?ticket=a"],
      ...["#EXTINF:0.100000,", "#EXT-X-BYTERANGE:9000@80100", "video.mp4?ticket=a"],
      "#EXT-X-ENDLIST",
      "",
    ]);
  });
});
