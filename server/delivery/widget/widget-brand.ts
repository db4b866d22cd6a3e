import { COLOR_ACCENT } from '@signup-with-platform/design';
import type { Brand } from '../../brand/brand.ts';

/** Literals in the built script that the operator's brand replaces. They come from widget/signup-with-platform.ts and design/tokens.ts. */
const BUILT_NAME = 'Platform';
const BUILT_LOGO = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';

/**
 * Puts the operator's brand into the built script. Version and integrity are hashes of the result, so they differ by brand.
 *
 * @throws Error when the script lacks one of these literals, because then the build has changed and the wrong brand would be served
 */
export function brandScript(script: string, { name, logo, accent }: Brand, publicUrl: string): string {
  let branded = script;
  if (name !== BUILT_NAME) branded = replaceLiteral(branded, BUILT_NAME, name);
  if (logo) branded = replaceLiteral(branded, BUILT_LOGO, publicUrl + logo.path);
  // The colours are in a style sheet, which is a string in the script. Colours need no escaping there.
  if (accent) branded = replaceAll(branded, COLOR_ACCENT, accent.COLOR_ACCENT);
  return branded;
}

/** Replaces a string literal, in whichever quotes the minifier chose. */
function replaceLiteral(script: string, built: string, value: string): string {
  const quote = ['`', '"', "'"].find((mark) => script.includes(mark + built + mark)) ?? '"';
  return replaceAll(script, quote + built + quote, JSON.stringify(value));
}

function replaceAll(script: string, built: string, value: string): string {
  if (!script.includes(built))
    throw new Error(`widget.js has no place for the brand, because it does not contain ${built}.`);
  return script.replaceAll(built, () => value);
}
