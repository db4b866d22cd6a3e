import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { brokenRules, filesWithoutRoom, foldersOf, roomsOf, rulesOf, unseenImports, upwardArrows } from './rooms.ts';
import { ROOT } from './run.ts';

const ARCHITECTURE = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');

describe('the rooms', () => {
  const rooms = roomsOf(ARCHITECTURE);

  const files = globSync(
    '{protocol,design,messages,widget,client,demo,server,bench,scripts,docs,examples}/**/*.{ts,mts,cts}',
    {
      cwd: ROOT,
      exclude: (path) => /(^|\/)(node_modules|dist)(\/|$)/.test(path),
    },
  );

  it('are all in the tables', () => {
    const paths = rooms.map(({ path }) => path);
    const workspaces = globSync('*/package.json', { cwd: ROOT }).map((file) => `${dirname(file)}/`);
    assert.deepEqual(
      workspaces.filter((path) => !paths.includes(path)),
      [],
    );
    assert.ok(files.length > 700);
    assert.deepEqual(filesWithoutRoom(files, rooms), []);
    for (const path of paths) assert.ok(existsSync(join(ROOT, path)), `${path} is there`);
  });

  it('import in no way that would not be seen', () => {
    assert.deepEqual(
      files.filter((file) => /\.[mc]ts$/.test(file)),
      [],
    );
    const unseen = files
      .filter((file) => file.startsWith('server/') || file.startsWith('widget/') || file.startsWith('client/'))
      // Tests and builds load files whose names they are given.
      .filter((file) => !/test\.ts$|\/(testing|build)\//.test(file))
      .flatMap((file) =>
        unseenImports(readFileSync(join(ROOT, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
      );
    assert.deepEqual(unseen, []);
  });

  it('are reached within the server by their name (#storage/…) and not by climbing three levels', () => {
    const climbing = files
      .filter((file) => file.startsWith('server/'))
      .flatMap((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\b(?:from |import\()'((?:\.\.\/){3,}[^']+)'/g)]
          .map(([, path = '']) => join(dirname(file), path))
          .filter((target) => target.startsWith('server/'))
          .map((target) => `${file}: ${target}`),
      );
    assert.deepEqual(climbing, []);
  });

  it('have arrows that go down', () => {
    assert.deepEqual(upwardArrows(rooms), []);
  });

  it('import what the tables say, and no file is part of a circle', { timeout: 120_000 }, async () => {
    const paths = foldersOf(rooms).map(({ path }) => path);
    const { files: read, violations } = await brokenRules(paths, rulesOf(rooms));
    assert.ok(read > 800, `${read} files were read`);
    assert.deepEqual(violations, []);
  });
});

describe('the rules', () => {
  const TABLES = `
| Folder | May import from | What it is |
| --- | --- | --- |
| \`server/\` | \`protocol/\` | the platform |
| \`protocol/\` | nothing | the wire |

| Room | May import from | Packages that only it uses | What it is |
| --- | --- | --- | --- |
| \`delivery/a/\` | \`domain/\` | none | a |
| \`delivery/b/\` | \`domain/\` | none | b |
| \`domain/\` | nothing | none | rules; knows no HTTP |
`;

  /** What is found in a few files, each with its text. */
  async function found(files: Record<string, string>): Promise<string[]> {
    const directory = mkdtempSync(join(tmpdir(), 'rooms-'));
    try {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(join(directory, dirname(file)), { recursive: true });
        writeFileSync(join(directory, file), text);
      }
      return (await brokenRules(['server', 'protocol'], rulesOf(roomsOf(TABLES)), directory)).violations;
    } finally {
      rmSync(directory, { recursive: true });
    }
  }

  const CLEAN = {
    'server/delivery/a/page.ts':
      `import { rule } from '../../domain/rule.ts';\nimport { wire } from '../../../protocol/wire.ts';\n` +
      'export const page = [rule, wire];\n',
    'server/delivery/b/page.ts': `import { rule } from '../../domain/rule.ts';\nexport const other = rule;\n`,
    'server/domain/rule.ts': 'export const rule = 1;\nexport interface Rule {}\n',
    'protocol/wire.ts': 'export const wire = 1;\n',
  };

  it('let what the tables say pass', async () => {
    assert.deepEqual(await found(CLEAN), []);
  });

  for (const [what, file, text] of [
    ['an arrow up', 'server/domain/up.ts', `import { page } from '../delivery/a/page.ts';\nexport const up = page;\n`],
    [
      'an arrow up for a type',
      'server/domain/up.ts',
      `import type { page } from '../delivery/a/page.ts';\nexport type Up = typeof page;\n`,
    ],
    [
      'rooms of delivery that meet',
      'server/delivery/b/more.ts',
      `import { page } from '../a/page.ts';\nexport const more = page;\n`,
    ],
    [
      'a folder that looks at another',
      'protocol/more.ts',
      `import type { Rule } from '../server/domain/rule.ts';\nexport type More = Rule;\n`,
    ],
    [
      'an import as it is needed',
      'server/domain/lazy.ts',
      `export const lazy = () => import('../delivery/a/page.ts');\n`,
    ],
  ] as const) {
    it(`find ${what}`, async () => {
      const violations = await found({ ...CLEAN, [file]: text });
      assert.equal(violations.length, 1, violations.join('\n'));
      assert.match(violations[0] ?? '', new RegExp(`^${file} -> `));
    });
  }

  it('find a circle of files, of types too', async () => {
    const violations = await found({
      ...CLEAN,
      'server/domain/one.ts': `import type { Two } from './two.ts';\nexport interface One { two: Two }\n`,
      'server/domain/two.ts': `import type { One } from './one.ts';\nexport interface Two { one: One }\n`,
    });
    assert.deepEqual(violations, ['server/domain/one.ts -> server/domain/two.ts: no circle of files']);
  });

  it('find what serves tests behind what runs', async () => {
    const violations = await found({
      ...CLEAN,
      'server/domain/up.ts': `import { helper } from './testing/helper.ts';\nexport const up = helper;\n`,
      'server/domain/testing/helper.ts': `import { page } from '../../delivery/a/page.ts';\nexport const helper = page;\n`,
    });
    assert.deepEqual(violations, [
      'server/domain/up.ts -> server/domain/testing/helper.ts: what runs imports nothing of the tests',
    ]);
  });

  it('find a server in a room that knows no HTTP', async () => {
    const violations = await found({
      ...CLEAN,
      'server/domain/http.ts': `import { createServer } from 'node:http';\nexport { createServer };\n`,
    });
    assert.equal(violations.length, 1, violations.join('\n'));
  });

  it('find a file that is in no room', () => {
    const rooms = roomsOf(TABLES);
    const files = [
      'server/domain/rule.ts',
      'server/delivery/c/page.ts',
      'server/delivery/a/page.test.ts',
      'protocol/wire.ts',
    ];
    assert.deepEqual(filesWithoutRoom(files, rooms), ['server/delivery/c/page.ts']);
  });

  it('find imports that would not be seen', () => {
    for (const line of [
      `type Up = import('../delivery/a/page.ts').Page;`,
      `let up: typeof import('../delivery/a/page.ts');`,
      'const up = await import(path);',
    ])
      assert.deepEqual(unseenImports(`// import(x)\n${line}\n`), [line]);
    assert.deepEqual(unseenImports(`const lazy = () => import('./rule.ts');\nimport type { A } from './a.ts';\n`), []);
  });

  it('want a table without an empty cell', () => {
    assert.throws(
      () => roomsOf(TABLES.replace('| nothing | the wire |', '| | the wire |')),
      /not filled in: `protocol\/`/,
    );
  });

  it('find a table that points up', () => {
    const rooms = roomsOf(TABLES.replace('| `domain/` | nothing |', '| `domain/` | `delivery/a/` |'));
    assert.deepEqual(upwardArrows(rooms), ['server/domain/ -> server/delivery/a/']);
  });
});
