import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { installedPath } from '../../../process/installation.ts';
import type { Brand } from '../../brand/brand.ts';
import { brandScript } from './widget-brand.ts';

/** The output of `npm run build` for widget/. */
export const WIDGET_DIRECTORY = installedPath('widget/dist/');

const VERSION_LENGTH = 16;

interface ReadOptions {
  directory?: string;
  compressed?: (version: string) => Promise<Buffer | undefined>;
}

/** The script as this platform serves it, with its version and hashes. */
export interface WidgetRelease {
  /** The first 16 hexadecimal digits of the script's SHA-384. It covers the parts too, because the script names them by their hashes. */
  readonly version: string;
  readonly script: Readonly<Record<'identity' | 'br' | 'gzip', Buffer>>;
  /** The script's Subresource Integrity hash (https://www.w3.org/TR/sri-2/). */
  readonly integrity: string;
  /** The integrity hashes of the parts that it loads later, by file name. */
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Puts the operator's brand into the built script, and compresses it once at the highest quality.
 *
 * @param options.compressed finds what Brotli made of the script before, because that takes a tenth of a start. Default: nothing is known
 * @throws Error when the widget has not been built
 */
export async function readWidgetRelease(
  brand: Brand,
  publicUrl: string,
  { directory = WIDGET_DIRECTORY, compressed = async () => undefined }: ReadOptions = {},
): Promise<WidgetRelease> {
  if (!existsSync(join(directory, 'widget.js'))) {
    throw new Error('The widget has not been built. Run `npm run build` first.');
  }
  const identity = Buffer.from(brandScript(readFileSync(join(directory, 'widget.js'), 'utf8'), brand, publicUrl));
  const version = createHash('sha384').update(identity).digest('hex').slice(0, VERSION_LENGTH);
  const [br, gzipped] = await Promise.all([
    compressed(version).then((known) => known ?? compressScript(identity)),
    promisify(gzip)(identity, { level: constants.Z_BEST_COMPRESSION }),
  ]);
  const names = readdirSync(join(directory, 'widget')).filter((name) => name.endsWith('.js'));
  return {
    version,
    script: { identity, br, gzip: gzipped },
    integrity: integrityOf(identity),
    parts: Object.fromEntries(
      names.sort().map((name) => [name, integrityOf(readFileSync(join(directory, 'widget', name)))]),
    ),
  };
}

/** Brotli at the highest quality, because a script is served thousands of times. */
export function compressScript(bytes: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
}

function integrityOf(bytes: Buffer): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}
