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

/** The tokens of the operator's accent, as `#rgb` or `#rrggbb`; the dark scheme's follows from the light one's unless it is given. */
export function accentOf(light: string | undefined, dark: string | undefined): AccentTokens | undefined {
  if (!light && !dark) return undefined;
  const lightColor = light ? longForm(light) : DEFAULT_ACCENT.light;
  const darkColor = dark ? longForm(dark) : light ? lightenForDark(lightColor) : DEFAULT_ACCENT.dark;
  return accentTokens({ light: lightColor, dark: darkColor });
}

/** Why a colour cannot be the accent: text in it could not be read by everybody. */
export function accentProblem(color: string, scheme: keyof SchemeColors): string | undefined {
  const contrast = accentContrast(longForm(color), scheme);
  if (contrast >= MIN_TEXT_CONTRAST) return undefined;
  // Rounded down, so that 4.49 is not called 4.5.
  const ratio = (Math.floor(contrast * 100) / 100).toFixed(2);
  const wanted = scheme === 'light' ? 'darker' : 'lighter';
  return `${color} has a contrast of ${ratio}:1 with the ${scheme} page, and ${MIN_TEXT_CONTRAST}:1 is needed to read it; choose a ${wanted} one`;
}

function longForm(color: string): string {
  const digits = color.slice(1).toLowerCase();
  return `#${digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits}`;
}
