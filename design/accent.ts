import { COLOR_ACCENT, COLOR_SURFACE, COLOR_SURFACE_SUBTLE } from './tokens.ts';

/** A colour for both schemes, as `#rrggbb`. */
export interface SchemeColors {
  light: string;
  dark: string;
}

/** WCAG 2.2, 1.4.3: the contrast of text with its background. */
export const MIN_TEXT_CONTRAST = 4.5;
/** How much accent a wash of it contains. Less is taken where the accent would not be legible on the wash. */
const WASH_PERCENTAGES = [12, 10, 8, 6, 4, 2, 0];

/** Higher than the minimum, because on a dark surface a colour with the minimum contrast looks dim, and a saturated one glares. */
const DARK_CONTRAST = 7;
const MAX_DARK_SATURATION = 0.42;

/** The tokens that follow from an accent, by the names of tokens.ts. */
export type AccentTokens = Record<
  'COLOR_ACCENT' | 'COLOR_ACCENT_HOVER' | 'COLOR_ON_ACCENT' | 'COLOR_ACCENT_SUBTLE' | 'FOCUS_RING',
  string
>;

/** The accent of the design tokens. */
export const DEFAULT_ACCENT: SchemeColors = parseLightDark(COLOR_ACCENT);

/** The backgrounds of text in the accent; the second one is nearest to it in lightness. */
const SURFACE: SchemeColors = parseLightDark(COLOR_SURFACE);
const NEAREST_SURFACE: SchemeColors = parseLightDark(COLOR_SURFACE_SUBTLE);

/** The tokens of another accent: its darker or lighter shade under the pointer, its wash, and the text on it. */
export function accentTokens(accent: SchemeColors): AccentTokens {
  const lightDark = ({ light, dark }: SchemeColors) => `light-dark(${light},${dark})`;
  return {
    COLOR_ACCENT: lightDark(accent),
    COLOR_ACCENT_HOVER: lightDark({ light: mix(accent.light, '#000000', 22), dark: mix(accent.dark, '#ffffff', 35) }),
    // The surface itself is legible on the accent, as the accent is on the surface.
    COLOR_ON_ACCENT: lightDark(SURFACE),
    COLOR_ACCENT_SUBTLE: lightDark({
      light: washOf(accent.light, SURFACE.light),
      dark: washOf(accent.dark, SURFACE.dark),
    }),
    FOCUS_RING: `2px solid ${lightDark(accent)}`,
  };
}

/** The lowest contrast of an accent with the surfaces behind its text, from 1 to 21. */
export function accentContrast(color: string, scheme: keyof SchemeColors): number {
  return Math.min(contrastOf(color, SURFACE[scheme]), contrastOf(color, NEAREST_SURFACE[scheme]));
}

/** An accent for the dark scheme: the hue of the light one, made lighter until it is easy to read. */
export function lightenForDark(color: string): string {
  const { hue, saturation, lightness } = hslOf(color);
  for (let lighter = lightness; lighter < 1; lighter += 0.02) {
    const found = hexOf(hue, Math.min(saturation, MAX_DARK_SATURATION), lighter);
    if (accentContrast(found, 'dark') >= DARK_CONTRAST) return found;
  }
  return '#ffffff';
}

/** WCAG 2.2, definition of contrast ratio. */
export function contrastOf(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminanceOf(one), luminanceOf(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function washOf(color: string, surface: string): string {
  const washes = WASH_PERCENTAGES.map((percentage) => mix(surface, color, percentage));
  return washes.find((wash) => contrastOf(color, wash) >= MIN_TEXT_CONTRAST) ?? surface;
}

/** WCAG 2.2, definition of relative luminance. */
function luminanceOf(color: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param percentage of the second colour */
function mix(color: string, other: string, percentage: number): string {
  const others = channelsOf(other);
  return toHex(
    channelsOf(color).map((channel, index) => channel + ((others[index] ?? 0) - channel) * (percentage / 100)),
  );
}

function channelsOf(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

/** CSS Color 4 section 7.1. Hue in degrees, the others from 0 to 1. */
function hslOf(color: string): { hue: number; saturation: number; lightness: number } {
  const [red = 0, green = 0, blue = 0] = channelsOf(color).map((channel) => channel / 255);
  const [max, min] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  const [lightness, range] = [(max + min) / 2, max - min];
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = range / (1 - Math.abs(2 * lightness - 1));
  const sixth =
    max === red ? (green - blue) / range : max === green ? (blue - red) / range + 2 : (red - green) / range + 4;
  return { hue: (sixth * 60 + 360) % 360, saturation, lightness };
}

/** CSS Color 4 section 7.1. */
function hexOf(hue: number, saturation: number, lightness: number): string {
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    const reach = saturation * Math.min(lightness, 1 - lightness);
    return lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1));
  };
  return toHex([0, 8, 4].map((offset) => channel(offset) * 255));
}

function toHex(channels: readonly number[]): string {
  return `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** The two colours of a token. */
export function parseLightDark(value: string): SchemeColors {
  const [, light = '', dark = ''] = /^light-dark\((#[\da-f]{6}),(#[\da-f]{6})\)$/.exec(value) ?? [];
  return { light, dark };
}
