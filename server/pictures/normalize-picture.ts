import type { Metadata } from 'sharp';
import { FairQueue } from '../load/fair-queue.ts';
import { elsewhere, hasClientGone } from '../load/place.ts';
import type { Picture } from '../storage/pictures.ts';
import { PictureError } from './picture-error.ts';

export const MAX_PICTURE_BYTES = 5 * 1024 * 1024;
/** Enough for the photographs of a good phone. A decoded picture of this size takes about 200 MB. */
export const MAX_PICTURE_PIXELS = 50_000_000;
/** The accepted formats, for a file picker's `accept`. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'] as const;

const SIZE_PIXELS = 512;
const QUALITY = 82;
const MAX_WORK_SECONDS = 20;
/** How many uploads wait, each with its bytes. */
const MAX_WAITING = 16;
/** The accepted formats as the decoder names them. AVIF is a kind of HEIF. */
const FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** The decoder, loaded with the first picture, because it takes 20 MB. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  // Only the decoders of the accepted formats may run. Others add attack surface: SVG, for example, needs XML, style sheets and fonts.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}Buffer`),
  });
  // A cache would be useless, because every upload is different.
  sharp.cache(false);
  return sharp;
}

/**
 * Turns an upload into a square WebP of 512 × 512 pixels. It is decoded and encoded again, upright and in sRGB, so that everything else in
 * the file is dropped, such as GPS coordinates or HTML. The work runs on a thread pool, one picture at a time, to bound the memory.
 *
 * @param payer whose upload it is
 * @param fit `cover` fills the square with the middle of a photograph; `contain` shows the whole logo on a transparent background
 * @throws PictureError; OverloadedError when too many pictures wait
 */
export function normalizePicture(payer: string, bytes: Buffer, fit: 'cover' | 'contain'): Promise<Picture> {
  return elsewhere(() => pictureQueue.run(payer, () => encode(bytes, fit), hasClientGone));
}

const REFUSAL = 'Too many pictures are being read at the moment. Wait for Retry-After.';

/** All pictures of this process go through it. */
export const pictureQueue = new FairQueue(REFUSAL, { concurrency: 1, maxWaiting: MAX_WAITING });

async function encode(bytes: Buffer, fit: 'cover' | 'contain'): Promise<Picture> {
  if (bytes.length > MAX_PICTURE_BYTES) throw new PictureError('too_large');
  const sharp = await loadSharp();
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

/** Checks the content of the file, because its name and declared type prove nothing. */
function checkHeader({ format, width, height, pages = 1, compression }: Metadata): void {
  const isTaken = FORMATS.has(format) && (format !== 'heif' || compression === 'av1');
  if (!isTaken || pages > 1 || !width || !height) throw new PictureError('not_a_picture');
  if (width * height > MAX_PICTURE_PIXELS) throw new PictureError('too_many_pixels');
}

/** Turns every error of the decoder into `not_a_picture`. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw new PictureError('not_a_picture', { cause: error });
  }
}
