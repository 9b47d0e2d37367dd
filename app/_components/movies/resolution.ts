interface PictureSize {
  width: number | null;
  height: number | null;
}

/** How a person calls a picture of this size: 1080p, 4K. Wide films count by their width. */
export function resolutionText({ width, height }: PictureSize): string | null {
  if (!width || !height) return null;
  const steps: [width: number, height: number, name: string][] = [
    [3000, 1600, "4K"],
    [1800, 1000, "1080p"],
    [1200, 700, "720p"],
    [800, 460, "480p"],
  ];
  return steps.find(([w, h]) => width >= w || height >= h)?.[2] ?? `${height}p`;
}
