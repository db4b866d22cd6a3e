import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CommandError } from '../command.ts';

/** A file of people, as it is being read. */
export interface OpenFile {
  /** Its bytes, unpacked. */
  bytes: AsyncIterable<Buffer>;
  /** Names the file and what it is, as far as that can be told without reading it. */
  source: string;
  /** Bytes that have been read, packed or not, and how many there are. Nobody knows how much comes through a pipe. */
  read(): number;
  size: number | undefined;
}

/** A file that cannot be read at all. */
export class FileError extends CommandError {
  override name = 'FileError';
}

const GZIP = [0x1f, 0x8b];
const UTF_16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

/**
 * Opens a file, or the standard input for `-`. What is packed by gzip is unpacked while it is read, so that its size does not matter.
 * @throws FileError
 */
export function openFile(path: string, input: AsyncIterable<Buffer> = process.stdin): OpenFile {
  if (path === '-') return opened(input, `standard input at ${new Date().toISOString()}`, undefined);
  try {
    const { size, mtimeMs } = statSync(path);
    const mark = createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12);
    return opened(createReadStream(path), `${basename(path)} (${size} bytes, ${mark})`, size);
  } catch (error) {
    throw new FileError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function opened(from: AsyncIterable<Buffer>, source: string, size: number | undefined): OpenFile {
  let read = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of from) {
      read += chunk.length;
      yield chunk;
    }
  }
  return { bytes: unpacked(counted()), source, read: () => read, size };
}

/** Looks at the first bytes, and takes the byte order mark of UTF-8 away. */
async function* unpacked(bytes: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const first = await bytes.next();
  if (first.done) return;
  const head = first.value;
  const beginsWith = (mark: readonly number[]) => mark.every((byte, index) => head[index] === byte);
  async function* whole(): AsyncGenerator<Buffer> {
    yield head;
    yield* bytes;
  }
  if (beginsWith(GZIP)) return yield* unpacked(gunzip(whole()));
  if (UTF_16.some(beginsWith)) throw new FileError('The file is UTF-16. Export it as UTF-8.');
  yield beginsWith([0xef, 0xbb, 0xbf]) ? head.subarray(3) : head;
  yield* bytes;
}

async function* gunzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const source = Readable.from(bytes);
  source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof FileError
      ? error
      : new FileError(`The file cannot be unpacked: ${(error as Error).message}`);
  }
}
