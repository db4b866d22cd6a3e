import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { integrityOf } from '../../packages/built-packages.ts';
import { migrate } from '../../storage/database.ts';
import { PackageFileRepository } from '../../storage/package-files.ts';
import { createTestDatabase } from '../../storage/testing/engines.ts';
import { temporaryDirectory } from '../../testing/test-platform.ts';
import { addPackageFiles } from './package-files.ts';

const PUBLIC_URL = 'https://id.example.com';
const NAME = '@signup-with-platform/client';

/** A build of the client, whose bytes are `content`. */
function build(version: string, content: string, directory = join(temporaryDirectory(), 'packages')): string {
  mkdirSync(directory, { recursive: true });
  const file = `client-${version}.tgz`;
  const bytes = Buffer.from(content);
  writeFileSync(join(directory, file), bytes);
  writeFileSync(join(directory, '..', 'secret.tgz'), 'confidential');
  writeFileSync(join(directory, 'other.tgz.key'), 'confidential');
  const packages = [{ name: NAME, version, file, integrity: integrityOf(bytes) }];
  writeFileSync(join(directory, 'packages.json'), JSON.stringify({ inputs: 'x', packages }));
  return directory;
}

describe('the npm packages', () => {
  let packageFiles: PackageFileRepository;
  let close: () => Promise<void>;
  const apps: FastifyInstance[] = [];
  before(async () => {
    const database = await createTestDatabase('SQLite');
    const { db } = database.open();
    await migrate(db);
    packageFiles = new PackageFileRepository(db);
    close = () => database.remove();
  });
  after(async () => {
    for (const app of apps) await app.close();
    await close();
  });

  async function start(directory: string, { development = false, warnings = [] as unknown[] } = {}) {
    const app = Fastify({
      logger: { level: 'warn', stream: { write: (line) => void warnings.push(JSON.parse(line)) } },
    });
    apps.push(app);
    await addPackageFiles(app, { publicUrl: PUBLIC_URL, development, packageFiles, directory });
    return app;
  }

  it('are served for good, with the hash that the list says', async () => {
    const app = await start(build('1.0.0', 'the first'));
    const { packages } = (await app.inject('/packages/packages.json')).json();
    assert.deepEqual(packages, [
      {
        name: NAME,
        version: '1.0.0',
        file: 'client-1.0.0.tgz',
        url: `${PUBLIC_URL}/packages/client-1.0.0.tgz`,
        integrity: integrityOf(Buffer.from('the first')),
      },
    ]);
    const { headers, body } = await app.inject('/packages/client-1.0.0.tgz');
    assert.equal(body, 'the first');
    assert.equal(headers['content-type'], 'application/gzip');
    assert.equal(headers['content-encoding'], undefined);
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    const { headers: toList, statusCode } = await app.inject('/packages/');
    assert.deepEqual([statusCode, toList.location], [302, '/packages/packages.json']);
  });

  it('answer HEAD, and who has it already', async () => {
    const app = await start(build('1.0.0', 'the first'));
    const url = '/packages/client-1.0.0.tgz';
    const head = await app.inject({ method: 'HEAD', url });
    assert.deepEqual([head.statusCode, head.headers['content-length'], head.body], [200, '9', '']);
    // Whole, as RFC 9110 section 14.2 allows: nobody resumes half a megabyte.
    const part = await app.inject({ url, headers: { range: 'bytes=4-' } });
    assert.deepEqual([part.statusCode, part.body], [200, 'the first']);
    const again = await app.inject({ url, headers: { 'if-none-match': String(head.headers['etag']) } });
    assert.equal(again.statusCode, 304);
  });

  it('stay after an upgrade, byte for byte', async () => {
    await start(build('1.0.0', 'the first'));
    const upgraded = await start(build('2.0.0', 'the second'));
    const { headers, body } = await upgraded.inject('/packages/client-1.0.0.tgz');
    assert.equal(body, 'the first');
    assert.equal(headers['content-type'], 'application/gzip');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal((await upgraded.inject('/packages/client-2.0.0.tgz')).body, 'the second');
    assert.equal((await upgraded.inject({ method: 'HEAD', url: '/packages/client-1.0.0.tgz' })).statusCode, 200);
  });

  it('do not change under a version that vendors have installed, and the log says so', async () => {
    const warnings: { msg?: string }[] = [];
    const app = await start(build('1.0.0', 'a patch without a version'), { warnings });
    assert.equal((await app.inject('/packages/client-1.0.0.tgz')).body, 'the first');
    const { packages } = (await app.inject('/packages/packages.json')).json();
    assert.equal(packages[0].integrity, integrityOf(Buffer.from('the first')));
    assert.match(warnings[0]?.msg ?? '', /1\.0\.0/);
  });

  it('may change on a developer’s machine, where caches ask each time', async () => {
    const directory = build('1.0.0', 'changed again');
    const app = await start(directory, { development: true });
    const { headers, body } = await app.inject('/packages/client-1.0.0.tgz');
    assert.deepEqual([body, headers['cache-control']], ['changed again', 'no-cache']);
    const list = async () => (await app.inject('/packages/packages.json')).json().packages[0].integrity;
    assert.equal(await list(), integrityOf(Buffer.from('changed again')));
    build('1.0.0', 'built while it runs', directory);
    assert.equal((await app.inject('/packages/client-1.0.0.tgz')).body, 'built while it runs');
    assert.equal(await list(), integrityOf(Buffer.from('built while it runs')));
  });

  it('do not change when they are built again under a running server', async () => {
    const directory = build('3.0.0', 'the third');
    const app = await start(directory);
    build('3.0.0', 'built while it runs', directory);
    assert.equal((await app.inject('/packages/client-3.0.0.tgz')).body, 'the third');
    const [listed] = (await app.inject('/packages/packages.json')).json().packages;
    assert.equal(listed.integrity, integrityOf(Buffer.from('the third')));
    assert.equal(String(await packageFiles.find('client-3.0.0.tgz')), 'the third');
  });

  it('fail the start when their bytes are not those of the list, and nothing is kept', async () => {
    const directory = build('4.0.0', 'as built');
    writeFileSync(join(directory, 'client-4.0.0.tgz'), 'cut off');
    await assert.rejects(start(directory), /client-4\.0\.0\.tgz has not the hash.*npm run build/);
    assert.equal(await packageFiles.find('client-4.0.0.tgz'), undefined);

    const developer = await start(directory, { development: true });
    const { statusCode, body } = await developer.inject('/packages/client-4.0.0.tgz');
    assert.equal(statusCode, 500);
    assert.ok(!body.includes('cut off'));
  });

  it('are the only files that can be read', async () => {
    const app = await start(build('1.0.0', 'the first'));
    for (const path of [
      '/packages/../secret.tgz',
      '/packages/..%2fsecret.tgz',
      '/packages/%2e%2e%2fsecret.tgz',
      '/packages/..%5csecret.tgz',
      '/packages/other.tgz.key',
      '/packages/client-9.9.9.tgz',
      '/packages/client-1.0.0.tgz/',
      '/packages/client-1.0.0.tgz%00',
      '/packages/.tgz',
      `/packages/${'x'.repeat(5_000)}.tgz`,
    ]) {
      const { statusCode, body } = await app.inject(path);
      assert.ok([400, 404, 414].includes(statusCode), `${path.slice(0, 60)}: ${statusCode}`);
      assert.ok(!body.includes('confidential'), path);
    }
  });

  it('fail the start when they were not built', async () => {
    await assert.rejects(start(temporaryDirectory()), /have not been built\. Run `npm run build` first/);
  });
});
