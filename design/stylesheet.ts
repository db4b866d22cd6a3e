import * as tokens from './tokens.ts';

/** The tokens as custom properties: `COLOR_TEXT_MUTED` becomes `--color-text-muted`. */
export const tokensCss = `:root{color-scheme:light dark;${Object.entries(tokens)
  .map(([name, value]) => `--${name.toLowerCase().replaceAll('_', '-')}:${value};`)
  .join('')}}`;
