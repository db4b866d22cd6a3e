import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { unmask } from '../http/mask.ts';
import { inlineScript, inlineScriptWithData, inlineStyle } from './inline.ts';

const rendered = (element: unknown) => collectResultSync(render(element));
const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

test('a style is compact, and its hash is that of what is sent', () => {
  const style = inlineStyle('/* why */\na {\n  color: red;\n}\n\nb, c :hover { top: 0 }');
  assert.equal(rendered(style.element), '<style>a{color: red}b,c :hover{top: 0}</style>');
  assert.equal(style.hash, hashOf('a{color: red}b,c :hover{top: 0}'));
});

test('a script is a function that runs at once', () => {
  const script = inlineScript(() => {
    // Comments stay behind.
    window.close();
  })();
  const source = '(() => {\nwindow.close();\n})()';
  assert.equal(rendered(script.element), `<script>${source}</script>`);
  assert.equal(script.hash, hashOf(source));
});

test('a script reads its data in the browser, and nobody can read it by the length of the page', () => {
  const data = { message: { state: '"</script><b>', name: 'Łukasz' }, targetOrigin: 'https://a.example' };
  const make = inlineScriptWithData((given) => {
    globalThis.dispatchEvent(given as unknown as Event);
  });
  const [first, second] = [make(data), make(data)];
  const [, masked = '', source = ''] =
    /^<script data-masked="([^"]*)">([\s\S]*)<\/script>$/.exec(rendered(first.element)) ?? [];
  assert.equal(first.hash, hashOf(source));
  assert.deepEqual(JSON.parse(String(unmask(Buffer.from(masked, 'base64')))), data);
  let seen: unknown;
  const dispatchEvent = (given: unknown) => {
    seen = given;
  };
  runInNewContext(source, { document: { currentScript: { dataset: { masked } } }, dispatchEvent, atob, TextDecoder });
  assert.deepEqual(structuredClone(seen), data);
  assert.equal(second.hash, first.hash);
  assert.notEqual(rendered(second.element), rendered(first.element));
});

test('a source cannot end its own element', () => {
  assert.throws(() => inlineStyle('a{content:"</style>"}'), TypeError);
  assert.throws(() => inlineScript(() => console.log('<!--')), TypeError);
});
