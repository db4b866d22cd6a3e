import type { IncomingMessage } from 'node:http';
import { BodyError } from './body-error.ts';

/** Of a file that is cut off, as much more is read and dropped: photographs of a good phone, and then some. */
const MAX_DROPPED_BYTES = 32 * 1024 * 1024;

export interface CollectedBody {
  readonly bytes: Buffer<ArrayBuffer>;
  /** The end was dropped. */
  readonly isCut: boolean;
}

/**
 * Reads a body, and never keeps more than `maxBytes` of it. One that announces more is refused unread. The server's `requestTimeout` bounds
 * how long this takes.
 *
 * @param overflow what happens to a longer body: `refuse` it, or `cut` it
 * @throws BodyError `too_large`, `incomplete`
 */
export function collectBody(
  request: IncomingMessage,
  maxBytes: number,
  overflow: 'refuse' | 'cut',
): Promise<CollectedBody> {
  const announced = Number(request.headers['content-length'] ?? 0);
  const maxReadBytes = overflow === 'cut' ? maxBytes + MAX_DROPPED_BYTES : maxBytes;
  if (announced > maxReadBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let kept = 0;
    let read = 0;
    const stop = () => {
      request.off('data', take).off('end', finish).off('error', fail).off('close', fail);
    };
    const take = (chunk: Buffer) => {
      read += chunk.length;
      if (read > maxReadBytes) {
        stop();
        request.pause();
        reject(tooLarge(maxBytes));
        return;
      }
      if (kept === maxBytes) return;
      const part = chunk.subarray(0, maxBytes - kept);
      kept += part.length;
      chunks.push(part);
    };
    const finish = () => {
      stop();
      resolve({ bytes: Buffer.concat(chunks, kept), isCut: read > kept });
    };
    const fail = () => {
      stop();
      reject(new BodyError('incomplete', 'The body ended before its announced length.'));
    };
    request.on('data', take).on('end', finish).on('error', fail).on('close', fail);
  });
}

function tooLarge(maxBytes: number): BodyError {
  const size = maxBytes < 1024 * 1024 ? `${maxBytes / 1024} KB` : `${Math.floor(maxBytes / 1024 / 1024)} MB`;
  return new BodyError('too_large', `The body is larger than ${size}.`);
}
