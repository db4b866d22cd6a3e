import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseAst } from 'vite';
import { freeNames } from './own-globals.ts';
import { stripJose } from './strip-jose.ts';
import { stripLit } from './strip-lit.ts';

test('each global that a chunk uses is found, and nothing that it declares', () => {
  const free: Readonly<Record<string, string[]>> = {
    'open(crypto.subtle, location.href)': ['crypto', 'open'],
    'const { open, a: [b, ...c] = fetch } = { open: 1 }; open(b, c)': ['fetch'],
    'class A extends HTMLElement { #b = URL; static c = A; fetch() { this.fetch() } [name]() {} }': [
      'HTMLElement',
      'URL',
      'name',
    ],
    'import d, { e as f } from "x"; export { f as origin }; d.history': [],
    'const g = (h = Map, { i: j = Set } = {}) => h + j; try { g() } catch (k) { k.message } l: for (;;) break l': [
      'Map',
      'Set',
    ],
    'typeof trustedTypes; import.meta.url; undefined; ({ screen })': ['screen', 'trustedTypes'],
  };
  for (const [code, names] of Object.entries(free)) assert.deepEqual([...freeNames(parseAst(code))], names, code);
});

test('what is removed from Lit and jose still parses, and is as much as it was', async () => {
  const [lit, jose] = [stripLit(), stripJose()] as { transform(code: string, id: string): { code: string } | null }[];
  const removed: Readonly<Record<string, number>> = {
    'jose/dist/webapi/lib/jws_algorithms.js': 350,
    'jose/dist/webapi/lib/key.js': 600,
    '@lit/reactive-element/reactive-element.js': 850,
    'lit-html/lit-html.js': 750,
    'lit-element/lit-element.js': 50,
  };
  for (const [file, atLeast] of Object.entries(removed)) {
    const url = new URL(`../../node_modules/${file}`, import.meta.url);
    const code = await readFile(url, 'utf8');
    const { code: less } = (lit?.transform(code, url.pathname) ?? jose?.transform(code, url.pathname)) || { code };
    parseAst(less);
    assert.ok(code.length - less.length >= atLeast, `${file}: ${code.length - less.length} characters`);
  }
});
