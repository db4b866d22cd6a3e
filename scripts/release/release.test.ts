import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { Script } from 'node:vm';
import { build, type Plugin } from 'vite';
import { bareEnvironment } from '../../server/testing/bare-environment.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { ROOT } from '../run.ts';
import { until } from '../testing/until.ts';
import { asciiTemplates, placesKept, withoutCopiedGlobals, withoutUndici } from './bundle-plugins.ts';
import { linkRelease } from './linked-release.ts';
import { lockFileOf } from './lock-file.ts';
import { assertNoMigrationInPatch } from './patch-version.ts';
import { pinImage } from './pin-image.ts';
import { sourceTime } from './source-time.ts';
import { raiseVersion, sectionOf, versionsIn } from './version.ts';

/** Prints, when the process ends, which modules of its own Node has loaded. */
const TELLS_WHAT_IT_LOADED =
  'data:text/javascript,process.on("exit",()=>console.log("LOADED "+process.moduleLoadList.join()))';

/** The cheap part of what `npm run test:release` tests with an archive that is installed. */

describe('the bundle', () => {
  it('starts, finds its files, and sends pages whose scripts are as they were', async (test) => {
    const directory = temporaryDirectory();
    await linkRelease(directory);

    const port = await freePort();
    const settings = {
      NODE_ENV: 'production',
      PORT: String(port),
      PUBLIC_URL: 'https://id.example',
      DATA_DIR: temporaryDirectory(),
    };
    const server = spawn(process.execPath, ['--import', TELLS_WHAT_IT_LOADED, 'start.js'], {
      cwd: directory,
      env: bareEnvironment({ ...settings, SMTP_URL: 'smtp://127.0.0.1:9' }),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    test.after(() => server.kill('SIGKILL'));
    let output = '';
    for (const stream of [server.stdout, server.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    await until(() => output.includes('Platform listens') || server.exitCode !== null);
    const url = `http://127.0.0.1:${port}`;
    for (const path of [
      '/',
      '/readyz',
      '/widget.js',
      '/docs',
      '/docs/api',
      '/packages/packages.json',
      '/account/sign-in',
    ])
      assert.equal((await fetch(url + path)).status, 200, output);
    const page = await fetch(`${url}/account/sign-in`);
    const policy = page.headers.get('content-security-policy') ?? '';
    const scripts = [...(await page.text()).matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(
      ([, text = '']) => text,
    );
    assert.ok(scripts.length > 0);
    for (const script of scripts) {
      assert.ok(policy.includes(createHash('sha256').update(script).digest('base64')), script);
      // A helper of the compiler would be missing in the browser, so that a function must stay whole: it names no `__` of the bundle.
      assert.doesNotMatch(script, /\b__\w+|\bimport\b/);
      assert.ok(new Script(script));
    }
    assert.doesNotMatch(output, /"level":[4-6]0|warning/i);
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    const loaded = /^LOADED (.*)$/m.exec(output)?.[1] ?? '';
    assert.match(loaded, /NativeModule http/);
    assert.doesNotMatch(loaded, /undici/, 'which takes 13 MB, and nothing of a start needs');

    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((each) => /^(?:server|chunks|messages|process|demo)\/.*\.js$/.test(each))) {
      const [wide] = /^.*[^\0-\x7f].*$/m.exec(readFileSync(join(directory, file), 'utf8')) ?? [];
      assert.equal(wide, undefined, `${file}: V8 takes twice the memory`);
    }
  });
});

describe('the checks of the bundle', () => {
  /** What a plugin says to the code of a module, in a build of that module alone. */
  const buildOf = (id: string, code: string, plugin: Plugin) =>
    build({
      ...{ configFile: false, logLevel: 'silent', publicDir: false },
      plugins: [{ name: 'module', resolveId: (source) => source, load: () => code }, plugin],
      build: { ssr: true, write: false, rolldownOptions: { input: id } },
    });
  const ours = '/repository/server/files.ts';

  it('let no module look for files from a place that it does not keep', async () => {
    const refused = [
      `export const a = new URL('../dist/', import.meta.url)`,
      'export const a = import.meta.dirname',
      'export const a: string = import.meta.filename',
    ];
    for (const code of refused) {
      await assert.rejects(
        buildOf(
          ours,
          code,
          placesKept('/repository/', () => false),
        ),
        /files\.ts looks for a file/,
      );
      assert.ok(
        await buildOf(
          ours,
          code,
          placesKept('/repository/', () => true),
        ),
      );
      assert.ok(
        await buildOf(
          '/repository/node_modules/a.js',
          code.replace(': string', ''),
          placesKept('/repository/', () => false),
        ),
      );
    }
    const finds = `import { createRequire } from 'node:module'; export const a = createRequire(import.meta.url)`;
    assert.ok(
      await buildOf(
        ours,
        finds,
        placesKept('/repository/', () => false),
      ),
    );
  });

  it('say that the imitated window has changed', async () => {
    const shim = '/n/@lit-labs/ssr-dom-shim/index.js';
    const result = await buildOf(
      shim,
      'export class W { constructor() { Object.assign(this, globalThis, { a: 1 }) } }',
      withoutCopiedGlobals(),
    );
    assert.doesNotMatch(JSON.stringify(result), /globalThis/);
    await assert.rejects(buildOf(shim, 'export const a = globalThis', withoutCopiedGlobals()), /has changed/);
  });

  it('write a template in ASCII, with what it says unchanged', async () => {
    const text = (tag: string) => `export default ${tag}\`“é” \\u00e9 \${1} 𝒳\`;`;
    const { output } = (await buildOf(ours, text(''), asciiTemplates())) as { output: { code: string }[] };
    const code = output[0]?.code ?? '';
    assert.match(code, /^[\0-\x7f]+$/);
    const { default: said } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { default: string };
    assert.equal(said, '“é” é 1 𝒳');
    await assert.rejects(buildOf(ours, text('String.raw'), asciiTemplates()), /String\.raw has a character/);
  });

  it('give `node:http` all that a start may import of it', async () => {
    const importing = (names: string) => `import { ${names} } from 'node:http'; console.log(${names})`;
    assert.match(JSON.stringify(await buildOf(ours, importing('createServer'), withoutUndici())), /getBuiltinModule/);
    await assert.rejects(buildOf(ours, importing('WebSocket'), withoutUndici()), /WebSocket/);
  });
});

describe('the lock file of a release', () => {
  const manifest = {
    name: 'r',
    version: '1.0.0',
    license: 'MIT',
    dependencies: { a: '1.0.0' },
    engines: { node: '>=24' },
  };
  const whole = {
    lockfileVersion: 3,
    packages: {
      'node_modules/a': {
        version: '1.0.0',
        dev: true,
        dependencies: { b: '^2.0.0' },
        optionalDependencies: { c: '1' },
      },
      'node_modules/a/node_modules/b': { version: '2.1.0', dependencies: { a: '*' } },
      'node_modules/b': { version: '1.0.0' },
      'node_modules/c': { version: '1.5.0', optional: true },
      'node_modules/tool': { version: '9.0.0', dev: true },
      'own/node_modules/a': { version: '1.1.0' },
    },
  };

  it('has what it needs, where Node finds it, and nothing else', () => {
    const { packages } = lockFileOf(manifest, whole);
    assert.deepEqual(Object.keys(packages), ['', 'node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c']);
    assert.equal(packages['node_modules/a']?.dev, undefined, 'it is no tool of the release');
    assert.equal(packages['node_modules/c']?.optional, true);
  });

  it('takes the copy of a workspace first', () => {
    assert.equal(lockFileOf(manifest, whole, ['own']).packages['node_modules/a']?.version, '1.1.0');
  });

  it('is not made when something is missing', () => {
    assert.throws(
      () => lockFileOf({ ...manifest, dependencies: { d: '1' } }, whole),
      /does not name d, which the release/,
    );
  });
});

describe('the time of a release', () => {
  it('is what is given, else of the last commit, else now', async () => {
    assert.equal(
      (await sourceTime(ROOT, { SOURCE_DATE_EPOCH: '1700000000' })).toISOString(),
      '2023-11-14T22:13:20.000Z',
    );
    await assert.rejects(sourceTime(ROOT, { SOURCE_DATE_EPOCH: 'today' }), /SOURCE_DATE_EPOCH is today/);
    assert.equal(String(await sourceTime(ROOT, {})), String(await sourceTime(join(ROOT, 'docs'), {})));
    assert.ok(Date.now() - (await sourceTime(temporaryDirectory(), {})).getTime() < 60_000);
  });
});

describe('the version', () => {
  it('is the same wherever it stands', () => {
    const [root, ...others] = versionsIn(ROOT);
    for (const { file, version } of others) assert.equal(version, root?.version, file);
    assert.ok(others.length > 10);
  });

  it('is raised everywhere at once, with the changelog', () => {
    const copy = temporaryDirectory();
    for (const { file } of [...versionsIn(ROOT), { file: 'CHANGELOG.md' }]) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(ROOT, file), join(copy, file));
    }
    const read = (file: string) => readFileSync(join(copy, file), 'utf8');
    writeFileSync(
      join(copy, 'CHANGELOG.md'),
      '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n\nFirst.\n',
    );
    raiseVersion(copy, '7.8.9', '2026-12-01');
    assert.deepEqual([...new Set(versionsIn(copy).map(({ version }) => version))], ['7.8.9']);
    assert.match(read('server/package.json'), /"@signup-with-platform\/protocol": "\^7\.8\.9"/);
    assert.equal(sectionOf(read('CHANGELOG.md'), '7.8.9'), '### Added\n\n- A thing.');
    assert.throws(() => raiseVersion(copy, '7.9.0', '2026-12-02'), /nothing under \[Unreleased\]/);
    assert.throws(() => raiseVersion(copy, 'next', '2026-12-02'), /next is no version/);
  });
});

describe('a PATCH version', () => {
  it('brings no migration, so that servers of two can run side by side', () => {
    const root = temporaryDirectory();
    const migrations = join(root, 'server/storage/migrations');
    mkdirSync(migrations, { recursive: true });
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...words], { cwd: root });
    writeFileSync(join(migrations, '001-foundations.ts'), '');
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    git('tag', 'v1.2.0');
    assertNoMigrationInPatch(root, '1.2.0', '1.2.1');
    writeFileSync(join(migrations, '002-more.ts'), '');
    writeFileSync(join(migrations, 'index.ts'), '');
    assert.throws(() => assertNoMigrationInPatch(root, '1.2.0', '1.2.1'), /1\.2\.1 would bring 002-more\.ts\. .*MINOR/);
    for (const version of ['1.3.0', '2.0.0']) assertNoMigrationInPatch(root, '1.2.0', version);
    assert.throws(
      () => assertNoMigrationInPatch(root, '1.2.1', '1.2.2'),
      /v1\.2\.1/,
      'there is nothing to compare with',
    );
  });
});

describe('the base image', () => {
  it('is pinned to what the registry says that the tag means', async (test) => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    const registry = createServer((request, response) => {
      if (request.url?.startsWith('/token')) return void response.end('{"token":"t"}');
      const known =
        request.url === '/v2/library/node/manifests/26-trixie-slim' && request.headers.authorization === 'Bearer t';
      response.writeHead(known ? 200 : 404, { 'docker-content-digest': digest }).end();
    }).listen(0, '127.0.0.1');
    test.after(() => registry.close());
    await once(registry, 'listening');
    const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
    const places = { registry: address, tokens: `${address}/token?service=s` };
    const pinned = await pinImage(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'), places);
    assert.match(pinned, new RegExp(`^ARG NODE_IMAGE=node:26-trixie-slim@${digest}$`, 'm'));
    assert.equal(await pinImage(pinned, places), pinned, 'again, from a pinned one');
    await assert.rejects(pinImage(pinned.replace('26-trixie', '27-trixie'), places), /answers 404/);
  });
});
