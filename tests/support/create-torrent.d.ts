declare module "create-torrent" {
  interface Options {
    name?: string;
    pieceLength?: number;
    announceList?: string[][];
    urlList?: string[];
    private?: boolean;
    filterJunkFiles?: boolean;
  }
  export default function createTorrent(
    input: (Buffer & { name: string })[],
    options: Options,
    callback: (error: Error | null, torrent: Uint8Array) => void,
  ): void;
}
