import { encodePixels } from '#pictures/encode-pixels.ts';

const GRID = 28;
const CORNER = 8;
const SAMPLES = 4;
const CHANNELS = 4;
const OPAQUE = 255;

/** Our mark (`pages/icons.ts`) as a PNG. It is drawn here, because the server's image library may read no SVG. @param color `rrggbb` */
export function drawMark(size: number, color: string): Promise<Buffer> {
  const accent = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const pixels = Buffer.alloc(size * size * CHANNELS);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const badge = coverage(x, y, size, isInBadge);
      const person = coverage(x, y, size, isInPerson);
      const shades = accent.map((shade) => Math.round(shade + (OPAQUE - shade) * person));
      pixels.set([...shades, Math.round(OPAQUE * badge)], (y * size + x) * CHANNELS);
    }
  }
  return encodePixels(pixels, size);
}

/** How much of a pixel is inside a shape, from 0 to 1. */
function coverage(x: number, y: number, size: number, isInside: (x: number, y: number) => boolean): number {
  let inside = 0;
  for (let sample = 0; sample < SAMPLES ** 2; sample += 1) {
    const dx = ((sample % SAMPLES) + 0.5) / SAMPLES;
    const dy = (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
    if (isInside(((x + dx) * GRID) / size, ((y + dy) * GRID) / size)) inside += 1;
  }
  return inside / SAMPLES ** 2;
}

function isInBadge(x: number, y: number): boolean {
  const toCorner = (at: number) => Math.max(CORNER - at, at - (GRID - CORNER), 0);
  return Math.hypot(toCorner(x), toCorner(y)) <= CORNER;
}

function isInPerson(x: number, y: number): boolean {
  return Math.hypot(x - 14, y - 10.5) <= 4 || (y <= 22 && Math.hypot(x - 14, y - 22) <= 7.5);
}
