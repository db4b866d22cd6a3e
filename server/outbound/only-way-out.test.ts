import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const SERVER = join(import.meta.dirname, '..');
/** What runs in a browser, and samples of code for people. */
const ELSEWHERE = /(^|\/)scripts\/|^delivery\/api\/docs\/page\/code-samples\.ts$/;

/** Ways to call another server over HTTP: `fetch`, the packages that have it, and what is imported of Node's own modules. */
const CALLS = /(?<![\w.'"#])(globalThis\.)?fetch\s*\(|\b(EventSource|WebSocket|XMLHttpRequest)\s*\(/;
const MODULES = /^import (?!type )(.*?) from '(?:node:)?(https?|http2|net|tls|dgram|undici|axios|got|node-fetch)';/gm;
/** Listening, and looking at the text of an address, call nobody. */
const HARMLESS = /^(type .*|createServer|isIP|isIPv4|isIPv6|BlockList|SocketAddress|STATUS_CODES)$/;

function waysOut(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const imported = [...code.matchAll(MODULES)].flatMap(([, names = '']) =>
    names
      .replaceAll(/[{}]/g, '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !HARMLESS.test(name)),
  );
  return [...(CALLS.exec(code)?.slice(0, 1) ?? []), ...imported];
}

describe('the server', () => {
  it('calls other servers by the guarded call alone (invariant 16)', () => {
    const files = globSync('**/*.ts', {
      cwd: SERVER,
      exclude: (path) => /(^|\/)(node_modules|dist|testing)$/.test(path),
    });
    const production = files.filter((file) => !file.endsWith('.test.ts') && !ELSEWHERE.test(file));
    assert.ok(production.length > 400, `${production.length} files were read`);
    const callers = production.filter((file) => waysOut(readFileSync(join(SERVER, file), 'utf8')).length > 0);
    // The others are the operator's own: the public address, for the doctor, and the database.
    assert.deepEqual(callers.sort(), ['outbound/guarded-call.ts', 'outbound/own-address.ts', 'storage/postgres.ts']);
  });

  for (const source of [
    'await fetch(url);',
    'return globalThis.fetch(url);',
    "import { request } from 'node:http';",
    "import https from 'node:https';",
    "import { createServer, connect } from 'node:net';",
    'new WebSocket(url)',
  ]) {
    it(`would be seen to call one: ${source}`, () => assert.notDeepEqual(waysOut(source), []));
  }

  for (const source of [
    "import { createServer, type Server } from 'node:http';",
    "import type { Socket } from 'node:net';",
    '// fetch(url)',
    'prefetch(url); this.fetch(row);',
  ]) {
    it(`is not accused of: ${source}`, () => assert.deepEqual(waysOut(source), []));
  }
});
