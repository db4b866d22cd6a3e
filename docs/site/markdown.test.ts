import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codeBlocksOf } from './code-blocks.ts';
import { CONTENTS, isEntry } from './contents.ts';
import { markFillings, PLATFORM_PLACEHOLDER, SANDBOX_ISSUER } from './fillings.ts';
import { highlight } from './highlight.ts';
import { linksFrom } from './links.ts';
import { renderMarkdown } from './markdown.ts';
import { listPages } from './page-lists.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { publishedText } from './published.ts';

const ENTRIES = [
  { slug: 'index', file: 'docs/index.md' },
  { slug: 'one', file: 'docs/one.md' },
  { slug: 'library', file: 'client/README.md', label: 'The <library>' },
];
const render = (source: string) => renderMarkdown(source, linksFrom('docs/two.md', ENTRIES));

describe('a page', () => {
  it('has the anchors of GitHub, each once', () => {
    const { headings } = render('# A `code` title\n\n## Twice: é!\n\n## Twice: é!\n');
    assert.deepEqual(
      headings.map(({ id }) => id),
      ['a-code-title', 'twice-é', 'twice-é-1'],
    );
  });

  it('needs a heading', () => {
    assert.throws(() => render('no heading'), /heading of the first level/);
  });

  it('is described by its first paragraph', () => {
    assert.equal(render('# T\n\nWhat *it* is,\nin `short`.\n\nMore.').description, 'What it is, in short.');
    const long = render(`# T\n\n${'word '.repeat(100)}`).description;
    assert.ok(long.length <= 161 && long.endsWith(' word…'), long);
  });

  it('is found by what stands below each heading', () => {
    const { sections } = render('# T\n\nfirst\n\n## U\n\n| a | b |\n| --- | --- |\n| c | d |\n\n```js\nrun()\n```\n');
    assert.deepEqual(
      sections.map(({ id, body }) => [id, body.trim()]),
      [
        ['t', 'first'],
        ['u', 'a b c d run()'],
      ],
    );
  });

  it('has no style attribute, and names no empty header', () => {
    const { html } = render('# T\n\n| | n |\n| --- | ---: |\n| a | 1 |\n');
    assert.doesNotMatch(html, /style=|<th[^>]*><\/th>/);
    assert.match(html, /<th scope="col" class="number">n<\/th>/);
    assert.match(html, /<td class="number">1<\/td>/);
  });
});

describe('a link', () => {
  const linked = (href: string) =>
    /<(?:a|span)[^>]*>.*?<\/(?:a|span)>/.exec(render(`# T\n\n[words](${href}) on`).html)?.[0];

  it('to a page of the site leads to its address', () => {
    assert.equal(linked('one.md'), '<a href="/docs/one">words</a>');
    assert.equal(linked('one.md#part'), '<a href="/docs/one#part">words</a>');
    assert.equal(linked('index.md'), '<a href="/docs">words</a>');
    assert.equal(linked('../client/README.md#x'), '<a href="/docs/library#x">words</a>');
  });

  it('to a file that the site does not have keeps its words', () => {
    assert.equal(linked('decisions/0001.md'), '<span>words</span>');
    assert.equal(linked('../server/app.ts'), '<span>words</span>');
  });

  it('to anything else stays', () => {
    for (const href of ['https://example.com/a.md', '/docs/api', '#here', 'mailto:a@example.com'])
      assert.equal(linked(href), `<a href="${href}">words</a>`);
  });
});

describe('code', () => {
  it('is text, whatever its language', () => {
    for (const language of ['html', 'js', 'sh', 'no-such-language', ''])
      assert.doesNotMatch(highlight('<script>alert("&")</script>', language), /<script|&(?!amp;|lt;|gt;|quot;|#)/);
  });

  it('has its placeholders marked, and nothing that only begins like one', () => {
    const marked = (code: string, issuer = SANDBOX_ISSUER) =>
      [...markFillings(code, issuer).matchAll(/<span data-fill="([\w-]+)">([^<]*)<\/span>/g)].map(([, name, text]) => [
        name,
        text,
      ]);
    assert.deepEqual(
      marked('https://platform.example/sandbox/jwks YOUR_CLIENT_ID "YOUR_ENVIRONMENT" https://shop.example/callback'),
      [
        ['issuer', SANDBOX_ISSUER],
        ['client-id', 'YOUR_CLIENT_ID'],
        ['environment', 'YOUR_ENVIRONMENT'],
        ['origin', 'https://shop.example'],
      ],
    );
    assert.deepEqual(marked('https://platform.example/widget.js https://shop.example.com YOUR_CLIENT_IDS'), []);
    const asked = marked('https://platform.example/token https://platform.example/account', PLATFORM_PLACEHOLDER);
    assert.deepEqual(asked, [['issuer', PLATFORM_PLACEHOLDER]]);
  });

  it('is filled in where it is all of a cell, and not in a sentence', () => {
    const { html } = render(
      '# T\n\n| a | b |\n| --- | --- |\n| `YOUR_CLIENT_ID` | or `YOUR_CLIENT_ID` |\n\n`<b>` `YOUR_CLIENT_ID`\n',
    );
    assert.match(html, /<td><code><span data-fill="client-id">YOUR_CLIENT_ID<\/span><\/code><\/td>/);
    assert.equal(html.split('data-fill').length, 2);
    assert.match(html, /<code>&lt;b&gt;<\/code>/);
  });

  it('is found in lists, too', () => {
    const [block] = codeBlocksOf('p', '# T\n\n1. one\n\n   ```sh\n   a\n     b\n   ```\n');
    assert.deepEqual(block, { key: 'p#t/1', language: 'sh', code: 'a\n  b' });
  });

  it('is known by the heading above it', () => {
    const blocks = codeBlocksOf(
      'p',
      '# T\n\n```js\n# no heading\n```\n\n## `U` [v](w.md)\n\n```sh\na\n```\n\n```\nb\n```\n',
    );
    assert.deepEqual(
      blocks.map(({ key, language, code }) => [key, language, code]),
      [
        ['p#t/1', 'js', '# no heading'],
        ['p#u-v/1', 'sh', 'a'],
        ['p#u-v/2', '', 'b'],
      ],
    );
  });
});

describe('what the site leaves out', () => {
  it('is what only the repository has', () => {
    const source = 'a\n\n<!-- repository -->\nb `npm test`\n<!-- /repository -->\n\nc\n';
    assert.equal(publishedText(source), 'a\n\nc\n');
  });

  it('is the mark around figures, and not the figures', () => {
    const source = 'a\n\n<!-- figures -->\n\n| b |\n\n<!-- /figures -->\n\n<!-- peers -->\n\nc\n\n<!-- /peers -->\n';
    assert.equal(publishedText(source), 'a\n\n| b |\n\nc\n\n');
  });

  it('is a column of a table, and of that table only', () => {
    const table = '| A | Tests |\n| --- | --- |\n| x \\| y | `a.test.ts` |\n';
    assert.equal(
      publishedText(`<!-- repository: Tests -->\n${table}\n${table}`),
      `| A |\n| --- |\n| x \\| y |\n\n${table}`,
    );
  });

  it('is a comment for the search, which finds the page by it', () => {
    const { html, sections } = render('# T\n<!-- search: GDPR privacy -->\n\ntext\n');
    assert.equal(html, '<h1 id="t">T</h1>\n<p>text</p>\n');
    assert.equal(sections[0]?.keywords, 'GDPR privacy ');
  });
});

describe('a page as Markdown', () => {
  const plain = (text: string) => plainMarkdown({ text }, linksFrom('docs/two.md', ENTRIES), (slug) => slug);

  it('leads to Markdown', () => {
    assert.equal(plain('[a](one.md#x) [b](index.md)'), '[a](/docs/one.md#x) [b](/docs/index.md)');
    assert.equal(
      plain('[words](../server/app.ts) [c](https://example.com/a.md)'),
      'words [c](https://example.com/a.md)',
    );
    assert.equal(plain('<!-- pages: one two -->'), '- [one](/docs/one.md)\n- [two](/docs/two.md)');
  });

  it('has code as it is, and no comments for the site', () => {
    const code = '```js\na[b](one.md)\n<!-- search: x -->\n```';
    assert.equal(plain(`<!-- your-apps -->\n\n${code}\n`), `${code}\n`);
  });
});

describe('the list of contents', () => {
  it('has each page once', () => {
    const entries = CONTENTS.flatMap(({ items }) => items.filter(isEntry));
    assert.equal(new Set(entries.map(({ slug }) => slug)).size, entries.length);
    assert.equal(new Set(entries.map(({ file }) => file)).size, entries.length);
  });

  it('can stand in a page, of the pages that are there', () => {
    const pages = { library: render('# L\n\nA & b.\n') };
    const html = listPages('<!-- pages: library missing -->', ENTRIES, pages);
    assert.equal(
      html,
      '<ul class="cards"><li><p><a href="/docs/library"><b>The &lt;library></b></a></p><p>A &amp; b.</p></li></ul>',
    );
  });
});
