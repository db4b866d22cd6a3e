import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../server/testing/free-port.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { ROOT } from './run.ts';
import { until } from './testing/until.ts';

/** Starts npm as people do, and stops it as terminals, process managers and power cuts do. */

const LIMIT_MS = 10_000;

interface Started {
  readonly npm: ChildProcess;
  readonly platform: number;
  readonly store: number;
  readonly dataDir: string;
  output(): string;
  /** The exit code and how long it took, once npm has ended. */
  end(): Promise<{ code: number | null; tookMs: number }>;
}

/** `npm start` with the root's own script, but for the build, which other tests would meet half done. */
async function start(test: TestContext, settings: Record<string, string> = {}): Promise<Started> {
  const directory = mkdtempSync(join(tmpdir(), 'npm-start-'));
  test.after(() => rmSync(directory, { recursive: true, force: true }));
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const script = scripts.start.replaceAll('scripts/start.ts', `${join(ROOT, 'scripts/start.ts')} --no-build`);
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true, scripts: { start: script } }));

  const [platform, store] = [await freePort(), await freePort()];
  const npm = spawn('npm', ['start'], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal makes one, so that it can be signalled as a whole.
    detached: true,
    env: {
      PATH: [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      HOME: directory,
      ...{ PORT: String(platform), DEMO_PORT: String(store), DATA_DIR: join(directory, 'data') },
      ...settings,
    },
  });
  const { pid = 0 } = npm;
  test.after(() => killGroup(pid));
  let text = '';
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  const exit = once(npm, 'exit') as Promise<[number | null]>;
  await Promise.race([until(() => text.includes('Stop with Ctrl+C')), exit]);
  return {
    ...{ npm, platform, store, dataDir: join(directory, 'data') },
    output: () => text,
    end: async () => {
      const sinceMs = performance.now();
      const [code] = await exit;
      return { code, tookMs: performance.now() - sinceMs };
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  );

async function isOver({ platform, store }: Started): Promise<boolean> {
  return !(await answers(platform)) && !(await answers(store));
}

/** Opens a connection and sends part of a request's headers. */
async function half(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  await new Promise<unknown>((resolve) => socket.write(text, resolve));
}

/** Begins an upload that never ends. Resolves once the server has begun to handle it. */
async function upload(port: number): Promise<void> {
  const upload = request({
    ...{ port, host: '127.0.0.1', method: 'POST', path: '/sandbox/interaction/abc/sign-in' },
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 100, expect: '100-continue' },
  }).on('error', () => {});
  const begun = once(upload, 'continue');
  upload.flushHeaders();
  await begun;
  upload.write('a=1');
}

describe('npm start', () => {
  const ways: [string, (started: Started) => boolean][] = [
    ['SIGTERM to npm', ({ npm }) => npm.kill('SIGTERM')],
    ['SIGINT to the whole group, as Ctrl+C does', ({ npm }) => process.kill(-(npm.pid ?? 0), 'SIGINT')],
    ['SIGTERM to the whole group', ({ npm }) => process.kill(-(npm.pid ?? 0), 'SIGTERM')],
  ];
  for (const [what, signal] of ways) {
    it(`ends with exit code 0 after ${what}`, async (test) => {
      const started = await start(test);
      assert.ok((await answers(started.platform)) && (await answers(started.store)), started.output());
      assert.ok(signal(started));
      const { code, tookMs } = await started.end();
      assert.equal(code, 0, started.output());
      assert.ok(tookMs < LIMIT_MS);
      assert.ok(await isOver(started), 'both servers have ended before npm has');
    });
  }

  it('ends when npm is killed, and when the terminal is closed', async (test) => {
    const [killed, hungUp] = await Promise.all([start(test), start(test)]);
    killed.npm.kill('SIGKILL');
    process.kill(-(hungUp.npm.pid ?? 0), 'SIGHUP');
    await until(() => isOver(killed));
    await until(() => isOver(hungUp));
  });

  it('answers what has arrived, and lets neither half a request nor a slow upload hold it up', async (test) => {
    const started = await start(test);
    const { platform, store, dataDir } = started;
    const { api_key } = JSON.parse(readFileSync(join(dataDir, 'demo-store.json'), 'utf8')) as { api_key: string };
    for (const port of [platform, store]) {
      await half(port, '');
      await half(port, 'GET /healthz HTTP/1.1\r\nhost: local');
      await upload(port);
    }
    // Each hashes a password.
    const requests = Array.from({ length: 12 }, async (_, index) => {
      const body = JSON.stringify({ email: `ada-${index}@example.com`, password: 'a long and winding password' });
      const headers = { 'content-type': 'application/json', 'x-api-key': api_key };
      try {
        return (await fetch(`http://127.0.0.1:${platform}/1/users`, { method: 'POST', headers, body })).status;
      } catch (error) {
        return ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code;
      }
    });
    await Promise.race(requests);
    started.npm.kill('SIGTERM');
    const { code, tookMs } = await started.end();
    // Whoever came too late was not let in: refused, or reset while still in the kernel's queue. Nobody was let in and then left alone.
    const database = new DatabaseSync(join(dataDir, 'platform.sqlite'), { readOnly: true });
    const made = new Set(
      database
        .prepare('select email from users')
        .all()
        .map(({ email }) => email),
    );
    database.close();
    for (const [index, outcome] of (await Promise.all(requests)).entries()) {
      const isLate = outcome === 'ECONNREFUSED' || outcome === 'ECONNRESET';
      assert.ok(outcome === 200 || outcome === 503 || isLate, String(outcome));
      assert.equal(made.has(`ada-${index}@example.com`), outcome === 200, String(outcome));
    }
    assert.equal(code, 0, started.output());
    assert.ok(tookMs < LIMIT_MS, `${tookMs} ms`);
  });

  it('ends at once after a second signal', async (test) => {
    const started = await start(test);
    await upload(started.platform);
    started.npm.kill('SIGTERM');
    await until(async () => !(await answers(started.platform)));
    // The first signal may arrive more than once; a second one is a wish of its own.
    await delay(600);
    started.npm.kill('SIGTERM');
    const { code, tookMs } = await started.end();
    assert.notEqual(code, 0);
    assert.ok(tookMs < 2_000, `${tookMs} ms`);
    assert.ok(await isOver(started));
  });

  it('prints a link to the mails that opens them, and no warning', async (test) => {
    const started = await start(test);
    const [link = ''] = /http:\/\/localhost:\d+\/dev\/mail\?token=[\w-]{32}/.exec(started.output()) ?? [];
    const response = await fetch(link, { headers: { accept: 'application/json' } });
    assert.deepEqual(await response.json(), { mails: [] });
    assert.doesNotMatch(started.output(), /warn|unsupported|experimental|deprecat/i);
  });

  it('prints where everything is, and each place answers', async (test) => {
    const started = await start(test);
    const printed =
      started.output().match(/(?<= {2})(?:Platform|Account|Developers|Docs|Demo store|Test people|Mail) +http\S+$/gm) ??
      [];
    assert.deepEqual(
      printed.map((line) => line.split('  ', 1)[0]),
      ['Platform', 'Account', 'Developers', 'Docs', 'Demo store', 'Test people', 'Mail'],
    );
    for (const line of printed) {
      const place = new URL(line.slice(line.indexOf('http')));
      const { status } = await new HttpBrowser(place.origin).get(place.pathname + place.search);
      assert.equal(status, 200, line);
    }
  });

  it('prints whom a developer signs in as, who then sees the demo store’s app', async (test) => {
    const started = await start(test);
    const [, email = '', password = ''] = /sign in as (\S+), password (\S+)$/m.exec(started.output()) ?? [];
    const browser = new HttpBrowser(`http://localhost:${started.platform}`);
    const form = await browser.get('/account/apps');
    assert.equal(form.url.pathname, '/account/sign-in');
    const apps = await browser.submit(form, '/sign-in', { email, password });
    assert.equal(apps.url.pathname, '/account/apps');
    assert.match(apps.html, /Fern &amp; Field/);
  });

  it('works on ports that the system chooses', async (test) => {
    const started = await start(test, { PORT: '0', DEMO_PORT: '0' });
    const [, port = ''] = /Platform +http:\/\/localhost:(\d+)/.exec(started.output()) ?? [];
    assert.ok(await answers(Number(port)), started.output());
  });

  for (const [name, program] of [
    ['PORT', 'the platform'],
    ['DEMO_PORT', 'the demo store'],
  ] as const) {
    it(`says in one line that the port of ${program} is in use, and how to change it`, async (test) => {
      const squatter = createServer().listen(0);
      test.after(() => squatter.close());
      await once(squatter, 'listening');
      const { port } = squatter.address() as AddressInfo;
      const started = await start(test, { [name]: String(port) });
      assert.equal((await started.end()).code, 1);
      const lines = started
        .output()
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^(> |npm )/.test(line));
      assert.equal(lines.length, 1, started.output());
      assert.match(
        lines[0] ?? '',
        new RegExp(`^Port ${port} is in use .+ set ${name} to another port, such as ${name}=`),
      );
      assert.doesNotMatch(started.output(), /unexpectedly/);
    });
  }

  it('says so before anything is built, and that another start holds the port', async (test) => {
    const first = await start(test);
    const second = await start(test, { PORT: String(first.platform) });
    assert.equal((await second.end()).code, 1);
    assert.match(second.output(), /^Port \d+ is in use by another program, probably an npm start that still runs\./m);
    assert.equal(existsSync(second.dataDir), false, 'nothing was started');
  });

  it('explains a wrong setting in words, and starts nothing', async (test) => {
    const wrong: [Record<string, string>, RegExp][] = [
      [{ TRUST_PROXY: 'true', PUBLIC_URL: 'https://id.example' }, /TRUST_PROXY: .*\n {2}SMTP_URL: required/],
      [{ PORT: '4100', DEMO_PORT: '4100' }, /PORT and DEMO_PORT are both 4100/],
    ];
    for (const [settings, message] of wrong) {
      const started = await start(test, settings);
      assert.equal((await started.end()).code, 1);
      assert.match(started.output(), message);
      assert.doesNotMatch(started.output(), /^\s+at /m);
    }
  });
});
