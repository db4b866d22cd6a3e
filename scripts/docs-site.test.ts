import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import { WIDGET_ERRORS } from '@signup-with-platform/protocol';
import { buildSite } from '../docs/site/build.ts';
import type { Site } from '../docs/site/site.ts';
import { referenceIndex } from '../server/delivery/api/docs/reference-index.ts';
import { listPersonas } from '../server/domain/sandbox/personas.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { codeSpans, tableOf, withoutFences } from './markdown.ts';
import { ROOT } from './run.ts';

// The documentation as it is built, and as a platform serves it.

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const captures = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, capture = '']) => capture);
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

describe('the site', () => {
  const directory = mkdtempSync(join(tmpdir(), 'docs-'));
  let site: Site;
  before(async () => {
    await buildSite(ROOT, directory, referenceIndex());
    site = JSON.parse(readFileSync(join(directory, 'site.json'), 'utf8')) as Site;
  });
  after(() => rmSync(directory, { recursive: true }));

  const contentOf = (slug: string) => readFileSync(join(directory, 'pages', `${slug}.html`), 'utf8');

  it('has every document that is not for contributors', () => {
    const documents = globSync('docs/*.md', { cwd: ROOT }).map((file) => file.slice('docs/'.length, -'.md'.length));
    assert.deepEqual(
      documents.filter((slug) => !(slug in site.pages)),
      [],
    );
  });

  it('has nothing that a Content-Security-Policy without unsafe-inline forbids, and loads nothing from elsewhere', () => {
    for (const slug of Object.keys(site.pages)) {
      const content = contentOf(slug);
      const markup = content.replaceAll(/<code>[\s\S]*?<\/code>/g, '');
      assert.doesNotMatch(markup, /\sstyle=|\son\w+=|<script|<style|<iframe|<img[^>]*src="http/i, slug);
    }
  });

  it('has one heading of the first level a page, and each id once', () => {
    for (const slug of Object.keys(site.pages)) {
      const content = contentOf(slug).replaceAll(/<code>[\s\S]*?<\/code>/g, '');
      assert.equal(captures(content, /<(h1)[ >]/g).length, 1, slug);
      const ids = captures(content, /\sid="([^"]+)"/g);
      assert.equal(new Set(ids).size, ids.length, `${slug} has each id once`);
    }
  });

  it('names nothing on vendors’ pages that only a repository has, because vendors have none', () => {
    const ofContributors =
      /npm (run|test|start)\b|\.(spec|test|trial)\.ts|\bthis repository|\bplatform (app|key|account) [a-z]/;
    const vendors = site.chapters.filter(({ audience }) => audience === 'vendors').flatMap(({ items }) => items);
    assert.ok(vendors.length > 30);
    for (const { slug } of vendors) {
      if (slug === undefined) continue;
      const text = readFileSync(join(directory, 'pages', `${slug}.md`), 'utf8');
      assert.doesNotMatch(text, ofContributors, slug);
      const files = codeSpans(text).filter((code) => /^[\w.-]+\/[\w./-]+$/.test(code) && existsSync(join(ROOT, code)));
      assert.deepEqual(files, [], slug);
    }
  });

  it('names nothing on operators’ pages that a release has not', () => {
    const ofRepository = /npm test\b|npm run (?!platform\b)[\w:]+|\b[\w-]+\.(spec|test|trial)\.ts/;
    const operators = site.chapters.filter(({ audience }) => audience === 'operators').flatMap(({ items }) => items);
    assert.ok(operators.length > 3);
    for (const { slug } of operators) {
      if (slug === undefined || slug === 'changelog') continue;
      const text = readFileSync(join(directory, 'pages', `${slug}.md`), 'utf8');
      assert.doesNotMatch(text, ofRepository, slug);
    }
  });

  it('has no comment left, but those in whose place the server puts what it knows', () => {
    const known = ['button-builder', 'your-apps', 'contact', 'security-txt'];
    const left = (text: string) => captures(withoutFences(text), /<!-- ([\s\S]*?) -->/g);
    for (const slug of Object.keys(site.pages)) {
      const html = contentOf(slug).replaceAll(/<code>[\s\S]*?<\/code>/g, '');
      assert.deepEqual(
        left(html).filter((comment) => !known.includes(comment)),
        [],
        slug,
      );
      const markdown = readFileSync(join(directory, 'pages', `${slug}.md`), 'utf8');
      assert.deepEqual(
        left(markdown).filter((comment) => !['contact', 'security-txt'].includes(comment)),
        [],
        slug,
      );
    }
  });

  it('has operators’ pages after all of vendors’', () => {
    const audiences = site.chapters.map(({ audience }) => audience);
    assert.deepEqual(audiences, audiences.toSorted().toReversed());
    assert.equal(audiences.at(-1), 'operators');
  });

  it('says of itself how many languages the product speaks', () => {
    assert.equal(LANGUAGES.length, 12, 'the pages say "twelve languages"');
  });

  it('says of itself what it has, to programs that read', () => {
    const index = readFileSync(join(directory, 'llms.txt'), 'utf8');
    for (const slug of Object.keys(site.pages)) assert.ok(index.includes(`/docs/${slug}.md)`), slug);
    assert.ok(readFileSync(join(directory, 'llms-full.txt'), 'utf8').includes('# Quickstart'));
  });
});

describe('the site, served', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** Each page with its ids and links, by its address. */
  async function crawl(): Promise<Map<string, { ids: string[]; links: string[] }>> {
    const pages = new Map<string, { ids: string[]; links: string[] }>();
    const open = ['/docs', '/docs/api'];
    for (let address = open.pop(); address !== undefined; address = open.pop()) {
      if (pages.has(address)) continue;
      const response = await fetch(platform.url + address, { redirect: 'manual' });
      assert.equal(response.status, 200, address);
      const html = (await response.text()).replaceAll(/<pre[\s\S]*?<\/pre>/g, '');
      const links = captures(html, /<a [^>]*href="([^"]+)"/g).map((link) => link.replaceAll('&amp;', '&'));
      pages.set(address, { ids: captures(html, /\sid="([^"]+)"/g), links });
      const further = links.map((link) => link.split('#')[0] ?? '').filter((path) => /^\/docs(\/[\w-]+)?$/.test(path));
      open.push(...further);
    }
    return pages;
  }

  it('has links that all lead somewhere, to the anchor', async () => {
    const pages = await crawl();
    assert.ok(pages.size > 30, `${pages.size} pages`);
    const broken: string[] = [];
    const elsewhere = new Set<string>();
    for (const [address, { links }] of pages) {
      for (const link of links) {
        if (/^(https?:|mailto:)/.test(link)) continue;
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? pages.get(address) : pages.get(path);
        if (!target) elsewhere.add(path);
        else if (anchor && !target.ids.includes(anchor)) broken.push(`${address}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
    for (const path of elsewhere) {
      const { status } = await fetch(platform.url + path, { redirect: 'manual' });
      // The account asks to sign in first.
      assert.ok(status === 200 || (status === 303 && path.startsWith('/account')), `${path}: ${status}`);
    }
  });

  it('is what the search leads to, to the anchor', async () => {
    const pages = await crawl();
    for (const { anchor } of referenceIndex()) {
      if (anchor !== '') assert.ok(pages.get('/docs/api')?.ids.includes(anchor), anchor);
    }
  });

  it('has links in its Markdown that lead to Markdown', async () => {
    const text = await (await fetch(`${platform.url}/llms-full.txt`)).text();
    assert.doesNotMatch(text, /<!--/);
    const links = captures(withoutFences(text), /\]\(([^)\s]+)\)/g).filter(
      (link) => !/^(https?:|mailto:|#)/.test(link),
    );
    for (const path of new Set(links.map((link) => link.split('#')[0] ?? '')))
      assert.equal((await fetch(platform.url + path)).status, 200, path);
  });

  it('has no placeholder of the platform left', async () => {
    for (const path of ['/docs/quickstart', '/docs/embedding', '/docs/quickstart.md', '/llms.txt', '/llms-full.txt']) {
      const text = await (await fetch(platform.url + path)).text();
      assert.ok(!text.includes('platform.example'), path);
      assert.ok(text.includes(platform.url), path);
    }
  });
});

describe('what the pages say of the code', () => {
  it('is a cure for each error of the element', () => {
    const rows = tableOf(read('docs/element-errors.md'), 'Code').map(([code = '']) => codeSpans(code)[0] ?? '');
    assert.deepEqual(sorted(rows), sorted(Object.values(WIDGET_ERRORS)));
    assert.equal(rows.length, new Set(rows).size);
  });

  it('is what each test person shows', () => {
    const rows = tableOf(read('docs/sandbox.md'), 'Person').map(([name = '']) => name);
    assert.deepEqual(
      rows,
      listPersonas().map(({ name }) => name),
    );
  });

  it('is how to make each error of the element happen that somebody can make happen', () => {
    const failures = codeSpans(read('docs/sandbox.md'));
    // Only a faulty browser, platform or page brings these about.
    const others: string[] = [
      'page_broken',
      'fedcm_failed',
      'platform_error',
      'invalid_credential',
      'keys_unavailable',
    ];
    assert.deepEqual(
      Object.values(WIDGET_ERRORS).filter((code) => !others.includes(code) && !failures.includes(code)),
      [],
    );
  });
});
