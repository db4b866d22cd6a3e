import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Good enough for 15 KB of markup, in well under a millisecond of another thread's time. */
const QUALITY = 5;
/** 64 KB, more than a page has. Brotli's default of 4 MB takes another 0.8 MB of memory for each page that it compresses. */
const WINDOW_BITS = 16;
/** Below this a page fits one packet anyway. */
const MIN_BYTES = 1_024;

export interface EncodedBody {
  body: string | Buffer;
  /** Value of Content-Encoding; undefined when the body is as it was. */
  encoding: 'br' | 'gzip' | undefined;
}

/** Compresses text as the browser accepts it (RFC 9110 section 12.5.3), off the event loop. */
export async function compress(text: string, acceptEncoding: string | undefined): Promise<EncodedBody> {
  if (Buffer.byteLength(text) >= MIN_BYTES) {
    if (accepts(acceptEncoding, 'br')) {
      return { body: await brotli(text, { params: paramsFor(text) }), encoding: 'br' };
    }
    if (accepts(acceptEncoding, 'gzip')) return { body: await gzipped(text), encoding: 'gzip' };
  }
  return { body: text, encoding: undefined };
}

function paramsFor({ length }: string): Record<number, number> {
  return {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
  };
}

/** Whether Accept-Encoding has a content coding (RFC 9110 section 12.5.3). */
export function accepts(header: string | undefined, coding: string): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
