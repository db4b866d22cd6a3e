const CHANNELS = 4;

/** A square PNG of pixels that this server has drawn. @param pixels red, green, blue and opacity of each, row by row */
export async function encodePixels(pixels: Buffer, size: number): Promise<Buffer> {
  // Loaded for the first picture: it is large, and a start should not wait for it.
  const { default: sharp } = await import('sharp');
  return sharp(pixels, { raw: { width: size, height: size, channels: CHANNELS } })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
