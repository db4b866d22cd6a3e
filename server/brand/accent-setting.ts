import {
  type AccentTokens,
  accentContrast,
  accentTokens,
  DEFAULT_ACCENT,
  lightenForDark,
  MIN_TEXT_CONTRAST,
  type SchemeColors,
} from '@signup-with-platform/design/accent';

/** `#rgb` or `#rrggbb`. */
export const HEX_COLOR = /^#([\da-f]{3}|[\da-f]{6})$/i;

/**
 * The design tokens for the operator's accent colours, given as `#rgb` or `#rrggbb`. When only the light scheme's colour is given, the
 * dark scheme's is derived from it.
 */
export function accentOf(light: string | undefined, dark: string | undefined): AccentTokens | undefined {
  if (!light && !dark) return undefined;
  const lightColor = light ? longForm(light) : DEFAULT_ACCENT.light;
  const derivedDark = light ? lightenForDark(lightColor) : DEFAULT_ACCENT.dark;
  const darkColor = dark ? longForm(dark) : derivedDark;
  return accentTokens({ light: lightColor, dark: darkColor });
}

/** Says why a colour cannot be the accent: its contrast is too low to be readable. Undefined when it is fine. */
export function accentProblem(color: string, scheme: keyof SchemeColors): string | undefined {
  const contrast = accentContrast(longForm(color), scheme);
  if (contrast >= MIN_TEXT_CONTRAST) return undefined;
  // Rounded down, so that 4.499 is not reported as 4.5.
  const ratio = (Math.floor(contrast * 100) / 100).toFixed(2);
  const better = scheme === 'light' ? 'darker' : 'lighter';
  return `${color} has a contrast of ${ratio}:1 with the ${scheme} page; text needs ${MIN_TEXT_CONTRAST}:1, so choose a ${better} colour`;
}

function longForm(color: string): string {
  const digits = color.slice(1).toLowerCase();
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}
