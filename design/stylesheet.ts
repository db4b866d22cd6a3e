import * as tokens from './tokens.ts';

/** For people who prefer more contrast, no text and no line is faint. */
const MORE_CONTRAST =
  '@media (prefers-contrast:more){:root{--color-text-muted:var(--color-text);--color-border:var(--color-border-strong)}}';

/** The tokens as custom properties: `COLOR_TEXT_MUTED` becomes `--color-text-muted`. */
export const tokensCss = tokensCssWith({});

/** The same, with some tokens replaced, by their names in tokens.ts. */
export function tokensCssWith(others: Readonly<Partial<Record<keyof typeof tokens, string>>>): string {
  return `:root{color-scheme:light dark;${Object.entries({ ...tokens, ...others })
    .map(([name, value]) => `--${name.toLowerCase().replaceAll('_', '-')}:${value};`)
    .join('')}}${MORE_CONTRAST}`;
}
