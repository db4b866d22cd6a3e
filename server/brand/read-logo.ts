import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrandLogo } from './brand.ts';

/** Small, because the logo is on the popup's first page, where people wait for it. */
const MAX_LOGO_BYTES = 32 * 1024;
const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const PATH_HASH_LENGTH = 16;

/** Parts of an SVG that run code or load something from elsewhere. */
const ACTIVE_SVG: readonly [pattern: RegExp, name: string][] = [
  [/<script\b/i, 'a script'],
  [/\son[a-z]+\s*=/i, 'an event handler'],
  [/<foreignObject\b/i, 'foreignObject'],
  [/<!ENTITY/i, 'an entity'],
  [/\bhref\s*=\s*["']?\s*(?!["'\s#])(?!data:image\/(png|jpeg))/i, 'a link'],
  [/url\(\s*["']?\s*(?!["'\s#])/i, 'a reference to another file'],
  [/@import\b/i, 'an import'],
];

/**
 * Reads the operator's logo.
 * @throws Error whose message completes "PLATFORM_LOGO: "
 */
export function readLogo(path: string): BrandLogo {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(`${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})`);
  }
  if (bytes.length > MAX_LOGO_BYTES)
    throw new Error(`${path} has ${bytes.length} bytes; a logo may have at most ${MAX_LOGO_BYTES}`);
  const contentType = typeOf(bytes, path);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, PATH_HASH_LENGTH);
  return { path: `/brand/logo.${hash}.${contentType === 'image/png' ? 'png' : 'svg'}`, contentType, bytes };
}

/** Recognizes the type by content, because a file name proves nothing. */
function typeOf(bytes: Buffer, path: string): BrandLogo['contentType'] {
  if (bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) return 'image/png';
  const text = bytes.toString('utf8');
  if (!isSvg(text)) throw new Error(`${path} is neither an SVG nor a PNG picture`);
  const active = ACTIVE_SVG.find(([pattern]) => pattern.test(text));
  if (active) throw new Error(`${path} contains ${active[1]}, which a logo must not`);
  return 'image/svg+xml';
}

/** Whether a text is an `<svg>`, after an XML declaration, comments and a document type without rules of its own. */
function isSvg(text: string): boolean {
  let rest = text.replace(/^\uFEFF/, '').trimStart();
  rest = rest.replace(/^<\?xml[^>]*>/, '').trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', '<!--'.length);
    if (end === -1) return false;
    rest = rest.slice(end + '-->'.length).trimStart();
  }
  return /^<svg[\s>]/.test(rest.replace(/^<!DOCTYPE svg[^>[]*>/, '').trimStart());
}
