import sharp, { type Metadata } from 'sharp';
import type { Picture } from '../storage/pictures.ts';
import { PictureError } from './picture-error.ts';

export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
/** What a good telephone takes. Decoded they are some 200 MB, one picture at a time. */
export const MAX_PICTURE_PIXELS = 50_000_000;
/** Of the formats that are taken; what a file picker offers. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;

const SIZE_PIXELS = 512;
const QUALITY = 82;
const MAX_WORK_SECONDS = 20;
/** As the decoder names them; AVIF is a kind of HEIF. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

// What is uploaded meets the decoders of these formats and no other: SVG alone brings XML, style sheets and fonts with it.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
});
// No two uploads are alike.
sharp.cache(false);

/**
 * Makes a square WebP of 512 × 512 pixels of what somebody uploads. It is decoded and encoded anew, upright, in sRGB, so nothing is
 * left of what else the file held: where it was taken, or a page of HTML that it is, too. The work runs on a thread pool, one picture at
 * a time, which bounds the memory it takes.
 *
 * @param fit `cover` fills the square with the middle of a photograph; `contain` shows all of a logo, on nothing
 * @throws PictureError
 */
export function normalizePicture(bytes: Buffer, fit: 'cover' | 'contain'): Promise<Picture> {
  const work = busy.then(() => encode(bytes, fit));
  busy = work.catch(() => undefined);
  return work;
}

let busy: Promise<unknown> = Promise.resolve();

async function encode(bytes: Buffer, fit: 'cover' | 'contain'): Promise<Picture> {
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureError('too_large');
  checkHeader(await refusing(() => sharp(bytes, { limitInputPixels: false }).metadata()));
  const encoded = await refusing(() =>
    sharp(bytes, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: 'error' })
      .timeout({ seconds: MAX_WORK_SECONDS })
      .autoOrient()
      .resize(SIZE_PIXELS, SIZE_PIXELS, { fit, background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .webp({ quality: QUALITY })
      .toBuffer(),
  );
  return { contentType: 'image/webp', bytes: encoded };
}

/** By what the file itself says; the name and type that come with it are anybody's word. */
function checkHeader({ format, width, height, pages = 1, compression }: Metadata): void {
  const isTaken = FORMATS.has(format) && (format !== 'heif' || compression === 'av1');
  if (!isTaken || pages > 1 || !width || !height) throw new PictureError('not_a_picture');
  if (width * height > MAX_PICTURE_PIXELS) throw new PictureError('too_many_pixels');
}

/** Whatever the decoder chokes on is no picture. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new PictureError('not_a_picture', { cause: error });
  }
}
