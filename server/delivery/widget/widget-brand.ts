import { COLOR_ACCENT } from '@signup-with-platform/design';
import type { Brand } from '../../brand/brand.ts';

/** What the built script says, and which the operator's brand takes the place of: constants of widget/signup-with-platform.ts and design/tokens.ts. */
const BUILT_NAME = 'Platform';
const BUILT_LOGO = 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21a8 8 0 0 1 16 0';

/**
 * Puts the operator's brand into the built script. A script of another brand is another script: hashes are made of the result.
 *
 * @throws Error when the script does not have these literals: then the build has changed, and the wrong brand would be served
 */
export function brandScript(script: string, { name, logo, accent }: Brand, publicUrl: string): string {
  let branded = script;
  if (name !== BUILT_NAME) branded = replaceLiteral(branded, BUILT_NAME, name);
  if (logo) branded = replaceLiteral(branded, BUILT_LOGO, publicUrl + logo.path);
  // In a style sheet, which stands in the script as a string; a colour needs no escaping there.
  if (accent) branded = replaceAll(branded, COLOR_ACCENT, accent.COLOR_ACCENT);
  return branded;
}

/** Whichever quotes the minifier chose. */
function replaceLiteral(script: string, built: string, value: string): string {
  const quote = ['`', '"', "'"].find((mark) => script.includes(mark + built + mark)) ?? '"';
  return replaceAll(script, quote + built + quote, JSON.stringify(value));
}

function replaceAll(script: string, built: string, value: string): string {
  if (!script.includes(built)) throw new Error(`widget.js has no place for the brand: ${built} is not in it.`);
  return script.replaceAll(built, () => value);
}
