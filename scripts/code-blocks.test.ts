import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startTestIssuer } from '../client/testing.ts';
import { sourcesIn } from '../docs/site/build.ts';
import { type CodeBlock, codeBlocksOf, FATES, fateOf } from '../docs/site/code-blocks.ts';
import { freePort } from '../server/testing/free-port.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { ROOT } from './run.ts';
import { until } from './testing/until.ts';

// Each block of code in the documentation has a fate: a test runs it, or a list says why none does (docs/site/code-blocks.ts).

const BLOCKS = sourcesIn(ROOT).flatMap(({ slug, text }) => codeBlocksOf(slug, text));
const directory = mkdtempSync(join(tmpdir(), 'code-blocks-'));
after(() => rmSync(directory, { recursive: true }));

const block = (key: string): CodeBlock => {
  const found = BLOCKS.find((each) => each.key === key);
  assert.ok(found, `there is no block ${key}`);
  return found;
};
const runHere = (language: string) =>
  BLOCKS.filter((each) => each.language === language).filter((each) => {
    const fate = fateOf(each);
    return fate !== undefined && 'runIn' in fate && fate.runIn === 'scripts/code-blocks.test.ts';
  });

describe('the blocks of code', () => {
  it('each have a fate', () => {
    assert.ok(BLOCKS.length > 40);
    assert.deepEqual(
      BLOCKS.filter((each) => fateOf(each) === undefined).map(({ key, language }) => `${key} (${language})`),
      [],
    );
  });

  it('that the list names are there, and so are the tests', () => {
    const keys = BLOCKS.map(({ key }) => key);
    assert.deepEqual(
      Object.keys(FATES).filter((key) => !keys.includes(key)),
      [],
    );
    const tests = BLOCKS.map(fateOf).flatMap((fate) => (fate && 'runIn' in fate ? [fate.runIn] : []));
    assert.deepEqual(
      [...new Set(tests)].filter((file) => !existsSync(join(ROOT, file))),
      [],
    );
  });

  for (const { key, code } of runHere('json')) it(`${key} is JSON`, () => void JSON.parse(code));
});

/** Writes a program where it finds the packages of this repository. */
function program(name: string, code: string): string {
  const file = join(directory, name);
  writeFileSync(file, code.replaceAll("'jose'", `'${import.meta.resolve('jose')}'`));
  return file;
}

describe('the programs', () => {
  it('of the quickstart verifies a credential once, and refuses what is not meant for it', async () => {
    await using issuer = await startTestIssuer('/sandbox');
    const port = await freePort();
    const source = block('quickstart#2-save-one-file/1').code;
    const file = program(
      'server.mjs',
      source
        .replaceAll('https://platform.example', new URL(issuer.issuer).origin)
        .replaceAll('YOUR_CLIENT_ID', 'a-shop')
        .replace('.listen(3000', `.listen(${port}, '127.0.0.1'`),
    );
    const server = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let said = '';
      server.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      await until(() => said.includes('Open http://localhost:3000'));
      await tryQuickstart(`http://127.0.0.1:${port}`, (claims) =>
        issuer.sign({ aud: 'a-shop', sub: 'jane', ...claims }),
      );
    } finally {
      server.kill();
    }
  });

  it('by any library verifies a credential once', async () => {
    await using issuer = await startTestIssuer('/sandbox');
    const source = block('verify#by-any-library/1').code;
    const file = program(
      'verify.mjs',
      source
        .replaceAll('https://platform.example', new URL(issuer.issuer).origin)
        .replaceAll('YOUR_CLIENT_ID', 'a-shop'),
    );
    const { verify } = (await import(pathToFileURL(file).href)) as {
      verify(credential: string, nonces: Set<string>): Promise<{ sub: string }>;
    };
    const nonces = new Set(['n-1', 'n-2']);
    const credential = await issuer.sign({ aud: 'a-shop', sub: 'jane', nonce: 'n-1' });
    assert.equal((await verify(credential, nonces)).sub, 'jane');
    assert.deepEqual([...nonces], ['n-2']);
    await assert.rejects(verify(credential, nonces), /wrong nonce/);
    await assert.rejects(verify(await issuer.sign({ aud: 'another', nonce: 'n-2' }), nonces), /"aud"/);
  });
});

type Sign = (claims: Record<string, unknown>) => Promise<string>;

async function tryQuickstart(url: string, sign: Sign): Promise<void> {
  const open = async (cookie = '') => {
    const response = await fetch(url, { headers: { cookie } });
    const [session = cookie] = response.headers.get('set-cookie')?.split(';') ?? [];
    const [, nonce = ''] = /nonce="([^"]+)"/.exec(await response.text()) ?? [];
    assert.notEqual(nonce, '');
    return { session, nonce };
  };
  const post = async (session: string, credential: string) => {
    const headers = { cookie: session, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${url}/register`, {
      method: 'POST',
      headers,
      body: new URLSearchParams({ credential }),
    });
    return `${response.status} ${await response.text()}`;
  };
  const first = await open();
  // A second tab, and a picture that the browser looks for, leave the first form as it is.
  const second = await open(first.session);
  assert.equal((await fetch(`${url}/favicon.ico`, { headers: { cookie: first.session } })).status, 404);
  const credential = await sign({ nonce: first.nonce });
  assert.match(await post(first.session, credential), /^200 Verified\. Your customer is http\S+ jane/);
  assert.match(await post(first.session, credential), /^400 Nobody is signed in: wrong nonce/);
  assert.match(await post(second.session, await sign({ nonce: second.nonce })), /^200 /);
  const third = await open(first.session);
  assert.match(await post('session=another', await sign({ nonce: third.nonce })), /^400 .*wrong nonce/);
  assert.match(await post(first.session, await sign({ nonce: third.nonce, aud: 'another' })), /^400 .*aud/);
  assert.match(await post(first.session, ''), /^400 /);
}

describe('the commands', () => {
  let platform: TestPlatform;
  let env: NodeJS.ProcessEnv;
  let fill: (code: string) => string;

  before(async () => {
    platform = await startTestPlatform();
    const app = await platform.createApp();
    const headers = { 'x-api-key': app.apiKey };
    const body = new URLSearchParams({ email: 'somebody@example.com', password: 'Orchid-lamp-42' });
    const made = await fetch(`${platform.url}/1/users`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { id: string };
    const curl = join(directory, 'curl');
    copyFileSync(join(ROOT, 'scripts/testing/curl.mjs'), `${curl}.mjs`);
    writeFileSync(curl, `#!/bin/sh\nexec '${process.execPath}' '${curl}.mjs' "$@"\n`);
    chmodSync(curl, 0o755);
    const { key } = await platform.storage.managementKeys.create({
      ...{ realm: 'production', name: 'CRM', scopes: ['accounts:read', 'accounts:write'] },
    });
    env = {
      MANAGEMENT_KEY: key,
      ...process.env,
      PATH: `${directory}:${process.env['PATH']}`,
      SECRET_KEY: app.apiKey,
      CLIENT_SECRET: app.clientSecret,
      SUB: id,
    };
    fill = (code) =>
      code.replaceAll('https://platform.example', platform.url).replaceAll('YOUR_CLIENT_ID', app.clientId);
  });
  after(() => platform.close());

  for (const { key, code } of runHere('sh')) {
    it(`${key} succeed`, async () => {
      const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-e', '-c', fill(code)], { env });
      const statuses = stderr.trim().split('\n');
      assert.deepEqual(
        statuses,
        statuses.map((status) => (/^20[01]$/.test(status) ? status : '200 or 201')),
        stdout,
      );
    });
  }

  it('user-api#lists-page-by-page/2 lists every user', async () => {
    const file = program('list.mjs', fill(block('user-api#lists-page-by-page/2').code).replace('limit=100', 'limit=1'));
    const { allUsers } = (await import(pathToFileURL(file).href)) as { allUsers(key: string): AsyncIterable<object> };
    const users = await collect(allUsers(env['SECRET_KEY'] ?? ''));
    assert.ok(users.length >= 2, `${users.length}`);
    await assert.rejects(collect(allUsers('sk_test_nothing')), /401/);
  });
});

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
