import { html } from '@lit-labs/ssr';

const KEYWORDS = [
  'await|async|catch|const|else|exit|export|function|if|import|from|new|null|require|return|throw|true|false|try|use|curl|php',
  'class|def|except|raise|not|in|None|func|var|package|defer|nil|public|static|final|void|switch|case|npm|node|composer|mvn|go',
].join('|');

/** Comments (not the `//` of an address), texts, variables, numbers, keywords: one group each, in this order. */
const TOKEN = new RegExp(
  [
    String.raw`((?<![:\w])\/\/[^\n]*|(?<=^|\s)#\s[^\n]*)`,
    String.raw`('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`,
    String.raw`(\$\w+)`,
    String.raw`(?<![\w:/.-])(-?\d+(?:\.\d+)?)(?![\w/-])`,
    String.raw`(?<![\w./-])(${KEYWORDS})(?![\w./-])`,
  ].join('|'),
  'g',
);
const KINDS = ['comment', 'text', 'variable', 'number', 'keyword'] as const;

/** Code in a few colours. What it does not recognise stays as it is. */
export function highlight(code: string): unknown[] {
  const parts: unknown[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKEN)) {
    const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    parts.push(code.slice(end, match.index), html`<span class="hl-${kind}">${match[0]}</span>`);
    end = match.index + match[0].length;
  }
  return [...parts, code.slice(end)];
}
