import type { LanguageEntry } from '../languages.ts';

/** The source of `generated/widget-languages.ts`. English is left out, because the widget always has it at hand. */
export function widgetLanguages(languages: readonly LanguageEntry[]): string {
  const others = languages.filter(({ tag }) => tag !== 'en');
  const lines = others.map(
    ({ tag }) => `  ['${tag}', () => import('../${tag}/widget.json', { with: { type: 'json' } })],`,
  );
  const rightToLeft = others.filter(({ direction }) => direction === 'rtl').map(({ tag }) => tag);
  return `// Made of messages/languages.ts by \`npm run messages\`: change that, and run it.

/** The widget's words besides English, by tag. Each path is written out, because a bundler follows no path that it cannot read. */
export const WIDGET_LANGUAGES = new Map([
${lines.join('\n')}
]);

/** Tags of languages that are read from right to left. */
export const RIGHT_TO_LEFT = /^(${rightToLeft.join('|')})$/;
`;
}
