import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { inlineScript, inlineStyle } from './inline.ts';

const rendered = (element: unknown) => collectResultSync(render(element));
const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

test('a style is compact, and its hash is that of what is sent', () => {
  const style = inlineStyle('/* why */\na {\n  color: red;\n}\n\nb, c :hover { top: 0 }');
  assert.equal(rendered(style.element), '<style>a{color: red}b,c :hover{top: 0}</style>');
  assert.equal(style.hash, hashOf('a{color: red}b,c :hover{top: 0}'));
});

test('a script is a function that runs at once, and its data is escaped', () => {
  const script = inlineScript(() => {
    // Comments stay behind.
    window.close();
  })({ message: { state: '"</script><b>' }, targetOrigin: 'https://a.example' });
  const html = rendered(script.element);
  const [, attributes = '', source = ''] = /^<script([^>]*)>([\s\S]*)<\/script>$/.exec(html) ?? [];
  assert.equal(source, '(() => {\nwindow.close();\n})()');
  assert.equal(script.hash, hashOf(source));
  assert.match(attributes, /data-message="{&quot;state&quot;:&quot;\\&quot;&lt;\/script&gt;&lt;b&gt;&quot;}"/);
});

test('a source cannot end its own element', () => {
  assert.throws(() => inlineStyle('a{content:"</style>"}'), TypeError);
  assert.throws(() => inlineScript(() => console.log('<!--')), TypeError);
});
