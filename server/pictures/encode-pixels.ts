import sharp from 'sharp';

const CHANNELS = 4;

/** A square PNG of pixels that this server has drawn. @param pixels red, green, blue and opacity of each, row by row */
export function encodePixels(pixels: Buffer, size: number): Promise<Buffer> {
  return sharp(pixels, { raw: { width: size, height: size, channels: CHANNELS } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
