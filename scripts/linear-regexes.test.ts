import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseSync } from '@swc/core';
import { check } from 'recheck';
import { cpuTimeMs } from './testing/cpu-time.ts';
import { HOSTILE_REPETITIONS } from './testing/hostile-inputs.ts';

// Regular expressions meet what strangers send, often before anything of it has been checked. Each one has to take time that grows with the
// length of its input, and not with its square: `recheck` proves that from the pattern, or gives the string that shows otherwise.

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['client', 'demo', 'design', 'messages', 'protocol', 'server', 'widget'];
/** What runs at build time or in tests meets our own files only. */
const NOT_SHIPPED =
  /\.(browser-)?test\.ts$|\/(node_modules|dist|build|testing|fixtures|examples)\/|^widget\/size\.ts$|testing\.ts$/;

/** Expressions that are not linear, and why nobody can use that. */
const EXEMPT: Readonly<Record<string, string>> = {
  '/\\/\\*[\\s\\S]*?\\*\\//g': 'server/pages/inline.ts: only the styles of this program',
};

/** Files that put an expression together from parts, each with a test of its own. */
const PUT_TOGETHER: Readonly<Record<string, string>> = {
  'server/delivery/api/management/register.ts': 'a path of the table of calls, with [^/]+ for each parameter',
  'server/delivery/api/register.ts': 'a path of the table of calls, with [^/]+ for each parameter',
  'server/delivery/vendor/doctor/read-document.ts': 'read-document.test.ts measures it',
  'server/domain/apps/app-name.ts': 'lists of words and of scripts, and a name is short',
  'server/pages/highlight.ts': 'the languages of our own samples',
  'widget/answer/fields/name.ts': 'one list of words, over two lines',
  'widget/answer/fields/national-number.ts': 'two lists of calling codes',
  'widget/answer/fields/spellings.ts': 'words of languages, on a text that words.ts has cut short',
};

interface Expression {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

const { literals, putTogether } = expressionsOf(
  globSync(
    FOLDERS.map((folder) => `${folder}/**/*.ts`),
    { cwd: ROOT },
  ).filter((file) => !NOT_SHIPPED.test(file)),
);

describe('regular expressions', () => {
  it('are found', () => assert.ok(literals.size > 150, `${literals.size}`));

  it('that are put together are known', () =>
    assert.deepEqual([...new Set(putTogether)].sort(), Object.keys(PUT_TOGETHER).sort()));

  for (const [name, { source, flags, file }] of literals) {
    it(`are linear: ${name} (${file})`, async () => {
      // No time limit, because a busy machine would turn it into a verdict.
      const { status, ...verdict } = await check(source, flags, {
        timeout: null,
        incubationTimeout: null,
        attackTimeout: null,
      });
      const attack = 'attack' in verdict ? verdict.attack?.pattern : undefined;
      if (Object.hasOwn(EXEMPT, name))
        assert.equal(status, 'vulnerable', `${name} is linear by now: exempt it no longer`);
      else assert.equal(status, 'safe', `try ${attack}`);
      if (status !== 'safe') return;
      const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
      for (const { input, what } of HOSTILE_REPETITIONS)
        assert.ok(cpuTimeMs(() => expression.test(input)) < 1_000, what);
    });
  }
});

/** The literals by how they are written, and the files that call RegExp. */
function expressionsOf(files: readonly string[]): { literals: Map<string, Expression>; putTogether: string[] } {
  const found = { literals: new Map<string, Expression>(), putTogether: [] as string[] };
  for (const file of files) {
    const module = parseSync(readFileSync(join(ROOT, file), 'utf8'), { syntax: 'typescript', decorators: true });
    visit(module, (node) => {
      if (node['type'] === 'RegExpLiteral') {
        const [source, flags] = [String(node['pattern']), String(node['flags'])];
        found.literals.set(`/${source}/${flags}`, { source, flags, file });
      }
      const { value } = (node['callee'] ?? {}) as { value?: unknown };
      if (value === 'RegExp') found.putTogether.push(file);
    });
  }
  return found;
}

function visit(node: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (!Array.isArray(node)) see(node as Readonly<Record<string, unknown>>);
  for (const child of Object.values(node)) visit(child, see);
}
