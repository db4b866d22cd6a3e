import * as tokens from './tokens.ts';

/** Whoever asks for more contrast has no faint text and no faint lines. */
const MORE_CONTRAST =
  '@media (prefers-contrast:more){:root{--color-text-muted:var(--color-text);--color-border:var(--color-border-strong)}}';

/** The tokens as custom properties: `COLOR_TEXT_MUTED` becomes `--color-text-muted`. */
export const tokensCss = tokensCssWith({});

/** The same with others in the place of some, by the names of tokens.ts. */
export function tokensCssWith(others: Readonly<Partial<Record<keyof typeof tokens, string>>>): string {
  return `:root{color-scheme:light dark;${Object.entries({ ...tokens, ...others })
    .map(([name, value]) => `--${name.toLowerCase().replaceAll('_', '-')}:${value};`)
    .join('')}}${MORE_CONTRAST}`;
}
