import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, afterEach, before, describe, it } from 'node:test';
import { OverloadedError } from '../load/overloaded-error.ts';
import { TestDirectory } from '../testing/test-directory.ts';
import { Breaker } from './breaker.ts';
import { Directory } from './directory.ts';

const TIMEOUT_MS = 400;
const ADA = { id: 'u-1', email: 'ada@example.com', email_verified: true, password: 'correct horse' };

describe('the live directory', () => {
  let server: TestDirectory;
  before(async () => {
    server = await TestDirectory.start();
    server.people.push(ADA);
  });
  after(() => server.stop());
  afterEach(() => {
    server.instead = undefined;
  });
  const settings = () =>
    ({ url: server.url, key: server.key, mode: 'always', maxStaleMs: 0, passwordUrl: undefined }) as const;
  const open = (breaker = new Breaker()) => new Directory(settings(), { timeoutMs: TIMEOUT_MS, breaker });
  const ask = (directory: Directory, payer = 'network:1') => directory.ask({ email: ADA.email, password: 'x' }, payer);

  it('says who somebody is, that the password is wrong, or that it knows nobody', async () => {
    const directory = open();
    const right = await directory.ask({ email: ADA.email, password: ADA.password }, 'p');
    const { password: _, ...row } = ADA;
    assert.deepEqual(right, { outcome: 'person', row });
    assert.deepEqual(await directory.ask({ email: ADA.email }, 'p'), { outcome: 'person', row });
    assert.equal((await ask(directory)).outcome, 'wrong_password');
    assert.equal((await directory.ask({ email: 'eve@example.com', password: 'x' }, 'p')).outcome, 'unknown');
    assert.deepEqual(directory.answers, { person: 2, wrong_password: 1, unknown: 1, down: 0 });
  });

  it('is asked with a signature, another message each time, and with the password only where there is one', async () => {
    const directory = open();
    server.headers.length = 0;
    server.asked.length = 0;
    await directory.ask({ email: ADA.email }, 'p');
    await directory.ask({ email: ADA.email }, 'p');
    assert.deepEqual(server.asked, [{ email: ADA.email }, { email: ADA.email }]);
    const [first, second] = server.headers;
    assert.match(first?.['webhook-id'] as string, /^msg_/);
    assert.notEqual(first?.['webhook-id'], second?.['webhook-id']);
    assert.equal(first?.['content-type'], 'application/json');
  });

  describe('on a bad day, which never is a wrong password', () => {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const days: Record<string, (response: ServerResponse) => void> = {
      'an error of its own': (response) => void response.writeHead(500).end(),
      'a maintenance page': (response) => void response.writeHead(503, html).end('<h1>Back soon</h1>'),
      '401 by a proxy': (response) => void response.writeHead(401, html).end('<h1>Log in</h1>'),
      '404 by a web server': (response) => void response.writeHead(404, html).end('<h1>Not found</h1>'),
      'a redirect': (response) => void response.writeHead(302, { location: server.url }).end(),
      'a permanent redirect': (response) => void response.writeHead(308, { location: server.url }).end(),
      'no content': (response) => void response.writeHead(204).end(),
      'no JSON': (response) => void response.writeHead(200).end('{"id":'),
      'a list': (response) => void response.writeHead(200).end('[{}]'),
      'JSON as a page': (response) => void response.writeHead(200, html).end('{"id":"u-1"}'),
      'ten megabytes': (response) => void response.writeHead(200).end(`{"id":"${'x'.repeat(10_000_000)}"}`),
      'a content coding': (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'nothing after the headers': (response) => void response.writeHead(200).flushHeaders(),
      'a slow body': (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
      },
      silence: () => {},
      'a broken connection': (response) => void response.destroy(),
    };
    for (const [name, day] of Object.entries(days))
      it(name, async () => {
        server.instead = day;
        const startMs = performance.now();
        assert.equal((await ask(open())).outcome, 'down');
        assert.ok(performance.now() - startMs < TIMEOUT_MS + 1_500);
      });

    it('a closed port', async () => {
      const directory = new Directory({ ...settings(), url: 'http://127.0.0.1:1/' }, { timeoutMs: TIMEOUT_MS });
      assert.deepEqual(await ask(directory), { outcome: 'down', reason: 'unreachable' });
    });
  });

  it('is not waited for once it has not answered several times, and is asked again by one at first', async () => {
    const clock = { ms: 0 };
    const directory = open(new Breaker(() => clock.ms));
    server.instead = (response) => void response.writeHead(503).end();
    for (let time = 0; time < 5; time += 1) await ask(directory);
    assert.equal(directory.state, 'open');
    server.asked.length = 0;
    assert.deepEqual(await ask(directory), { outcome: 'down', reason: 'not_asked' });
    assert.equal(server.asked.length, 0);
    server.instead = undefined;
    clock.ms = 5_000;
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => ask(directory)));
    assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ['down', 'down', 'down', 'down', 'wrong_password']);
    assert.equal(directory.state, 'closed');
    assert.equal((await ask(directory)).outcome, 'wrong_password');
  });

  it('stays open to all when a stranger knows what makes it answer an error', async () => {
    const directory = open();
    server.instead = (response) => void response.writeHead(500).end();
    for (let time = 0; time < 20; time += 1) await ask(directory);
    server.instead = undefined;
    assert.equal((await ask(directory)).outcome, 'wrong_password');
  });

  it('holds up nothing else while it hangs and a thousand people sign in', async () => {
    server.instead = () => {};
    server.asked.length = 0;
    const directory = open();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const startMs = performance.now();
    const all = await Promise.allSettled(
      Array.from({ length: 1_000 }, (_, at) => ask(directory, `network:${at % 50}`)),
    );
    delay.disable();
    const refused = all.filter((each) => each.status === 'rejected');
    assert.ok(refused.every(({ reason }) => reason instanceof OverloadedError));
    assert.ok(all.every((each) => each.status === 'rejected' || each.value.outcome === 'down'));
    // Four of the first may fail before the fifth opens the breaker.
    assert.ok(server.asked.length <= 32 + 4, `${server.asked.length} were asked about`);
    assert.ok(performance.now() - startMs < 3_000);
    assert.ok(delay.max / 1e6 < 250, `the event loop stood still for ${delay.max / 1e6} ms`);
  });

  it('refuses whom it is not asked about no sooner than others, and in the same way', async () => {
    const directory = open();
    server.instead = (response) => void setTimeout(() => response.writeHead(404).end(), 150);
    for (let time = 0; time < 3; time += 1) await ask(directory);
    const startMs = performance.now();
    assert.equal(await directory.pretendToAsk(), 'refused');
    assert.ok(performance.now() - startMs > 140);
    server.instead = (response) => void response.writeHead(503).end();
    for (let time = 0; time < 5; time += 1) await ask(directory);
    assert.equal(await directory.pretendToAsk(), 'down');
  });
});
