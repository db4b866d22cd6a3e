import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createGzip, gzipSync } from 'node:zlib';
import { openDatabase } from '#storage/database.ts';
import { createStorage } from '#storage/index.ts';
import { bareEnvironment } from '#testing/bare-environment.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { makePeople } from '../testing/make-people.ts';

const MAIN = fileURLToPath(new URL('../platform.ts', import.meta.url));
/** `IMPORT_KILLS=20` tries more moments. */
const KILLS = Number(process.env['IMPORT_KILLS'] ?? 3);

interface Run {
  code: number;
  out: Record<string, unknown>;
  stderr: string;
}

describe('platform import', () => {
  const dataDir = temporaryDirectory();
  const environment = bareEnvironment({ DATA_DIR: dataDir });
  const file = (name: string, content: string | Buffer) => {
    const path = join(dataDir, name);
    writeFileSync(path, content);
    return path;
  };
  const run = (words: readonly string[], { input = '', heapMb = 0 } = {}): Promise<Run> =>
    new Promise((resolve) => {
      const node = heapMb > 0 ? [`--max-old-space-size=${heapMb}`] : [];
      const argv = [...node, MAIN, 'import', ...words, '--json'];
      const child = execFile(process.execPath, argv, { env: environment }, (_error, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, out: stdout ? JSON.parse(stdout) : {}, stderr }),
      );
      child.stdin?.end(input);
    });
  const countsOf = ({ out }: Run) => [out['read'], out['created'], out['updated'], out['unchanged'], out['rejected']];
  const rows = async <Result>(work: (of: ReturnType<ReturnType<typeof createStorage>['realm']>) => Promise<Result>) => {
    const database = openDatabase({ databaseUrl: undefined, dataDir });
    try {
      return await work(createStorage(database).realm('production'));
    } finally {
      await database.close();
    }
  };

  it('reads a table as it reads JSON', async () => {
    const json = { id: 'c1', email: 'table@example.com', email_verified: true, given_name: 'Zoë "Z", Müller' };
    const more = { ...json, address: { street_address: 'Street 1\nBack', country: 'NL' }, blocked: false };
    const csv =
      '\ufeffid,email,email_verified,given_name,address.street_address,address.country,blocked,identities\r\n' +
      'c1,table@example.com,TRUE,"Zoë ""Z"", Müller","Street 1\nBack",NL,0,\r\n\r\n';
    assert.deepEqual(countsOf(await run([file('people.csv', csv)])), [1, 1, 0, 0, 0]);
    assert.deepEqual(countsOf(await run([file('same.ndjson', JSON.stringify(more))])), [1, 0, 0, 1, 0]);
  });

  it('reads a pipe, and what is packed', async () => {
    assert.deepEqual(countsOf(await run(['-'], { input: '{"id":"p1"}\n{"id":"p2"}' })), [2, 2, 0, 0, 0]);
    const packed = file('packed.ndjson.gz', gzipSync('\n{"id":"p1"}\r\n\n{"id":"p3"}\n'));
    assert.deepEqual(countsOf(await run([packed])), [2, 1, 0, 1, 0]);
    assert.deepEqual(countsOf(await run([file('packed.csv.gz', gzipSync('id\np4\n'))])), [1, 1, 0, 0, 0]);
  });

  it('keeps what was left out, for nobody but the operator', async () => {
    const rejects = join(dataDir, 'rejects.ndjson');
    const people = file('bad.ndjson', '{"id":"k1"}\n{"id":"k2","email":"x"}\nnonsense\n');
    writeFileSync(rejects, 'of before', { mode: 0o644 });
    const { code, stderr, ...rest } = await run([people, '--rejects', rejects]);
    assert.deepEqual([code, stderr, ...countsOf({ code, stderr, ...rest })], [0, '', 3, 1, 0, 0, 2]);
    const kept = readFileSync(rejects, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(kept[0], { line: 2, reason: 'email: is no email address', row: { id: 'k2', email: 'x' } });
    assert.equal(kept[1].line, 3);
    assert.match(kept[1].reason, /^no JSON: /);
    assert.equal(statSync(rejects).mode & 0o777, 0o600);
    const told = await run([people]);
    assert.match(told.stderr, /^line 2: email: is no email address$/m);
    const table = await run([file('bad.csv', 'id,email_verified\nk3,maybe\n')]);
    assert.match(table.stderr, /^line 2: email_verified: is neither true nor false$/m);
    const many = file('many.ndjson', 'x\n'.repeat(30));
    assert.match((await run([many])).stderr, /and 20 more; --rejects FILE keeps them all/);
  });

  it('reads the file of rejects again, once it is corrected', async () => {
    const rejects = join(dataDir, 'to-correct.ndjson');
    const people = file('mistaken.csv', 'id,email\nr1,x\nr2\n');
    assert.deepEqual(countsOf(await run([people, '--rejects', rejects])), [2, 0, 0, 0, 2]);
    const corrected = file(
      'corrected.ndjson',
      readFileSync(rejects, 'utf8').replace('"email":"x"', '"email":"x@example.com"'),
    );
    const again = await run([corrected]);
    assert.deepEqual(countsOf(again), [2, 1, 0, 0, 1]);
    assert.match(again.stderr, /^line 2: has no row, because it could not be read: has 1 cell/m);
  });

  it('refuses what is no such file, in one line', async () => {
    const refused: readonly (readonly [string, RegExp])[] = [
      [join(dataDir, 'nowhere'), /cannot be read: ENOENT/],
      [dataDir, /EISDIR/],
      [file('wide.csv', Buffer.from('\ufeffid\r\nx', 'utf16le')), /UTF-16\. Export it as UTF-8/],
      [file('array.ndjson', '[\n  {"id":"a1"},\n  {"id":"a2"}\n]\n'), /JSON array.*jq -c '\.\[\]'/],
      [file('flat.ndjson', '[{"id":"a1"}]'), /JSON array/],
      [file('document.ndjson', '{\n  "users": [\n    {"id":"a1"}\n  ]\n}'), /one JSON document/],
      [file('cut.gz', gzipSync(randomBytes(4_000)).subarray(0, 2_000)), /cannot be unpacked/],
    ];
    for (const [path, message] of refused) {
      const { code, stderr } = await run([path]);
      assert.equal(code, 1, `${path}: ${stderr}`);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  });

  it('does not fall over hostile rows, and keeps its memory', async () => {
    const long = `{"id":"${'x'.repeat(10 * 1024 * 1024)}"}`;
    const lines = [
      '{"id":"h1","given_name":"=HYPERLINK(\\"http://evil.example\\")"}',
      '{"id":"h2","given_name":"a\\u0000b"}',
      long,
      '['.repeat(100_000),
      '{"id":"h5","id":"h6"}',
      '{"id":"h7","email":"h7@example.com\\r\\nBcc: all@example.com"}',
      '{"id":"h8","given_name":"\\ud800"}',
    ];
    const bytes = Buffer.concat([Buffer.from(lines.join('\n')), Buffer.from([10, 0xff, 0xfe, 0xfd, 10])]);
    const { code, ...rest } = await run([file('hostile.ndjson', bytes)], { heapMb: 128 });
    assert.equal(code, 0, rest.stderr);
    assert.match(rest.stderr, /^line 3: longer than 256 KB$/m);
    assert.match(rest.stderr, /^line 8: not UTF-8$/m);
    // What a table program takes for a formula is a name here, and is shown as one.
    assert.deepEqual(countsOf({ code, ...rest }), [8, 2, 0, 0, 6]);

    const table = `id,given_name\nt1,=1+1\nt2,"${'y'.repeat(1024 * 1024)}"\nt3,b,c\nt4,${'\0'}\nt5,ok\n`;
    const csv = await run([file('hostile.csv', table)], { heapMb: 128 });
    assert.equal(csv.code, 0, csv.stderr);
    assert.match(csv.stderr, /^line 3: longer than 256 KB$/m);
    assert.match(csv.stderr, /^line 4: has 3 cells, and the first line 2$/m);
    assert.ok(await rows(({ imports }) => imports.known(['id:t5']).then((known) => known.has('id:t5'))), csv.stderr);
  });

  it('says where a quote of a table is not closed', async () => {
    const open = await run([file('open.csv', 'id,given_name\n1,a\n2,"never closed\n3,b\n')]);
    assert.deepEqual([open.code, ...countsOf(open)], [0, 2, 1, 0, 0, 1]);
    assert.match(open.stderr, /Quote Not Closed/);
  });

  it('unpacks a bomb without keeping it', async () => {
    const path = join(dataDir, 'bomb.ndjson.gz');
    async function* zeros() {
      for (let megabyte = 0; megabyte < 300; megabyte += 1) yield Buffer.alloc(1024 * 1024);
      yield '\n{"id":"after-the-bomb"}\n';
    }
    await pipeline(zeros, createGzip({ level: 1 }), createWriteStream(path));
    const bomb = await run([path], { heapMb: 128 });
    assert.deepEqual([bomb.code, ...countsOf(bomb)], [0, 2, 1, 0, 0, 1]);
  });

  it('goes on after kill -9 at any moment, under the same id, and makes nobody twice', async () => {
    const count = 6_000;
    const people = file('killed.ndjson', [...makePeople(count)].join('\n'));
    // Makes the database, if this test is the first.
    await run(['list']);
    const begun = new Set<string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, [MAIN, 'import', people], { env: environment, stdio: 'ignore' });
      const exited = once(child, 'exit');
      // Most often before it is done.
      await Promise.race([exited, delay(randomInt(400, 1_500))]);
      child.kill('SIGKILL');
      await exited;
      for (const { id, source } of await rows(({ imports }) => imports.list(10)))
        if (source.startsWith('killed')) begun.add(id);
    }
    const last = await run([people]);
    assert.equal(last.code, 0, last.stderr);
    begun.add(String(last.out['import_id']));
    const [read = 0, created = 0, , unchanged = 0, rejected = 0] = countsOf(last).map(Number);
    assert.deepEqual([read, created + unchanged + rejected], [count, count]);
    const again = await run([people]);
    assert.deepEqual(countsOf(again), [count, 0, 0, count - rejected, rejected]);
    const made = await rows(({ imports }) => imports.find(String(last.out['import_id'])));
    // Unless the last kill came after the end.
    if (begun.size === 1) assert.equal(made?.created, count - rejected);
  });

  it('says what it has met: mistakes, forms of passwords, and what was left alone', async () => {
    const md5 = { algorithm: 'md5', hash: '46c082be7d7d25c97a70fc69aceee82a' };
    const { out } = await run([
      file(
        'reported.ndjson',
        [{ id: 'rep1', password_hash: md5 }, { id: 'rep2' }, { id: 'rep3', email: 'x' }, { id: 'rep4', email: 'y' }]
          .map((row) => JSON.stringify(row))
          .join('\n'),
      ),
    ]);
    assert.deepEqual(
      [out['rejected_by_reason'], out['passwords'], out['left_alone']],
      [{ 'email: is no email address': 2 }, { digest: 1, none: 1 }, {}],
    );
    assert.ok(Number(out['weak_passwords_left']) >= 1);
    await rows(async ({ imports, accounts }) => {
      const { accountId = '' } = (await imports.known(['id:rep2'])).get('id:rep2') ?? {};
      await accounts.updateProfile(accountId, { givenName: 'Chosen here' });
    });
    const table = file('told.csv', 'id,given_name,passkeys,roles\nrep2,Told,[],\nrep2,Told,,"[{""app_id"":""x""}]"\n');
    const told = await run([table]);
    assert.deepEqual(told.out['left_alone'], { 'given_name: changed here': 1 });
    assert.match(told.stderr, /^line 2: given_name was left alone: changed here$/m);
    assert.match(told.stderr, /^line 3: roles\.0\.role: /m);
  });

  it('is taken back by its id, as far as nobody has used it', async () => {
    const { out } = await run([file('undone.ndjson', '{"id":"z1"}\n{"id":"z2"}\n{"id":"z3"}')]);
    const id = String(out['import_id']);
    await rows(async ({ imports, accounts }) => {
      const { accountId = '' } = (await imports.known(['id:z2'])).get('id:z2') ?? {};
      await accounts.setPasswordHash(accountId, 'used');
    });
    assert.deepEqual((await run(['undo', id])).out, { import_id: id, would_delete: 2, confirm_with: '--yes' });
    assert.deepEqual((await run(['undo', id, '--yes'])).out, { import_id: id, deleted: 2 });
    assert.equal((await run(['undo', 'nothing'])).code, 2);
    const left = await rows(({ imports }) => imports.known(['id:z1', 'id:z2', 'id:z3']));
    assert.deepEqual([...left.keys()], ['id:z2']);
  });
});
