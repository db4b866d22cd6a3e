import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { growingCollections } from './growing-collections.ts';
import { codeSpans, tableOf } from './markdown.ts';
import { ROOT } from './run.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const ROWS = tableOf(read('ARCHITECTURE.md'), 'Collection');

describe('collections that outlive a call', () => {
  const found: readonly [what: string, code: string, names: readonly string[]][] = [
    [
      'of a module',
      `const seen = new Map<string, number>(); export function f(key: string) { seen.set(key, 1); }`,
      ['seen'],
    ],
    ['of an object', `class A { readonly #line: Waiting[] = []; wait() { this.#line.push({}); } }`, ['line']],
    [
      'of an object that others reach',
      `class A { keys = new Set<string>(); } const add = (a: A) => a.keys.add('');`,
      [],
    ],
    [
      'of a function that is filled by another',
      `function start(app: App) { const pages = new Map<string, Page>(); app.get('/', () => { pages.set('', {}); }); }`,
      ['pages'],
    ],
    ['of one call', `function f(all: string[]) { const seen = new Set(); for (const one of all) seen.add(one); }`, []],
    [
      'of one call, filled by a callback',
      `const f = (all: X[]) => { const a: X[] = []; all.forEach((x) => { a.push(x); }); }`,
      [],
    ],
    ['that never grow', `const WORDS = new Set(['a', 'b']); const has = (word: string) => WORDS.has(word);`, []],
    ['filled at the start', `const made = new Map<string, string>(); for (const one of LIST) made.set(one, '');`, []],
    [
      'that live as long as their keys',
      `const known = new WeakMap<object, string>(); const f = (a: object) => known.set(a, '');`,
      [],
    ],
  ];
  for (const [what, code, names] of found)
    it(`are found: ${what}`, () => assert.deepEqual(growingCollections(code), names));

  it('of the server are in the list of ARCHITECTURE.md, with a limit', () => {
    const files = globSync('{server,process}/**/*.ts', {
      cwd: ROOT,
      // What `pages/scripts/` has runs in a browser, for as long as a page is open.
      exclude: (path) => /(^|\/)(node_modules|dist|testing|upgrade|pages\/scripts)(\/|$)|\.test\.ts$/.test(path),
    });
    const growing = files.flatMap((file) => growingCollections(read(file)).map((name) => `${name} in ${file}`));
    assert.ok(growing.length > 30);
    const listed = ROWS.map(([name = '', file = '']) => `${codeSpans(name)} in ${codeSpans(file)}`);
    assert.deepEqual(listed.toSorted(), growing.toSorted());
    for (const [name, , limit] of ROWS) assert.ok(limit, `${name} has no limit`);
  });

  it('have the figures that the list names, and no figure is left out', () => {
    const named = new Set(ROWS.flatMap(([, , , , figures = '']) => codeSpans(figures)));
    const [, body = ''] =
      /function boundsOf[\s\S]*?return \{([\s\S]*?)\n {2}\};/.exec(read('server/composition/figures.ts')) ?? [];
    const inCode = [...body.matchAll(/^ {4}(\w+):/gm)].map(([, name = '']) => name);
    const lines = ['writers', 'statements', 'reads', 'connections'];
    for (const name of lines)
      assert.match(
        read('server/storage/sqlite-driver.ts') + read('server/storage/postgres.ts'),
        new RegExp(`'${name}'`),
      );
    assert.deepEqual([...named].toSorted(), [...inCode, ...lines].toSorted());
  });
});
