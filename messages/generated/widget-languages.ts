// Made of messages/languages.ts by `npm run messages`: change that, and run it.

/** The widget's words besides English, by tag. Each path is written out, because a bundler follows no path that it cannot read. */
export const WIDGET_LANGUAGES = new Map([
  ['nl', () => import('../nl/widget.json', { with: { type: 'json' } })],
  ['de', () => import('../de/widget.json', { with: { type: 'json' } })],
  ['fr', () => import('../fr/widget.json', { with: { type: 'json' } })],
  ['es', () => import('../es/widget.json', { with: { type: 'json' } })],
  ['it', () => import('../it/widget.json', { with: { type: 'json' } })],
  ['pt', () => import('../pt/widget.json', { with: { type: 'json' } })],
  ['pl', () => import('../pl/widget.json', { with: { type: 'json' } })],
  ['tr', () => import('../tr/widget.json', { with: { type: 'json' } })],
  ['ar', () => import('../ar/widget.json', { with: { type: 'json' } })],
  ['he', () => import('../he/widget.json', { with: { type: 'json' } })],
  ['ja', () => import('../ja/widget.json', { with: { type: 'json' } })],
]);

/** Tags of languages that are read from right to left. */
export const RIGHT_TO_LEFT = /^(ar|he)$/;
