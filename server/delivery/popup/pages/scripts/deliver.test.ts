import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { postToOpener } from '#pages/scripts/post-to-opener.ts';
import type { ScriptData } from '#pages/scripts/read-data.ts';
import { deliver } from './deliver.ts';

interface Opener {
  postMessage(message: unknown, targetOrigin: string): void;
}

/** Runs a page script as the browser would, from its source alone. */
function run(script: (data: ScriptData) => void, data: ScriptData, opener: Opener | null) {
  const root = { dataset: {} as Record<string, string> };
  const calls: string[] = [];
  const timers: (() => void)[] = [];
  const location = { replace: (address: string) => calls.push(`go to ${address}`) };
  runInNewContext(`(${script})(JSON.parse(${JSON.stringify(JSON.stringify(data))}))`, {
    document: { documentElement: root },
    window: { opener, close: () => calls.push('close') },
    location,
    setTimeout: (callback: () => void) => timers.push(callback),
    clearInterval: () => {},
    setInterval: (callback: (what: unknown) => void, ms: number, what: unknown) => {
      assert.equal(ms, 20_000);
      timers.push(() => callback(what));
    },
    addEventListener: (type: string, listener: (event: { persisted: boolean }) => void) => {
      assert.equal(type, 'pageshow');
      timers.push(() => listener({ persisted: true }));
    },
  });
  return {
    calls,
    later: () => timers[0]?.(),
    all: () => timers.map((run) => run()),
    delivery: () => root.dataset['delivery'],
  };
}

function recordingOpener() {
  const posts: string[] = [];
  return {
    posts,
    postMessage: (message: unknown, target: string) => posts.push(`${JSON.stringify(message)} → ${target}`),
  };
}

const data = { message: { state: 's' }, targetOrigin: 'https://shop.example' };

test('the message goes to the one origin, once, and the window closes', () => {
  const opener = recordingOpener();
  const page = run(deliver, data, opener);
  assert.deepEqual(opener.posts, ['{"state":"s"} → https://shop.example']);
  assert.deepEqual(page.calls, ['close']);
  assert.equal(page.delivery(), undefined);
});

test('a window that stays open says that all is done', () => {
  const page = run(deliver, data, recordingOpener());
  page.later();
  assert.equal(page.delivery(), 'delivered');
});

test('without an opener nothing is posted or closed, and the page says so', () => {
  const page = run(deliver, data, null);
  assert.deepEqual(page.calls, []);
  assert.equal(page.delivery(), 'unreachable');
});

test('without an opener it goes to the page that relays, and never with one', () => {
  const relay = 'https://shop.example/back#state=s';
  const page = run(deliver, { ...data, relay }, null);
  assert.deepEqual(page.calls, [`go to ${relay}`]);
  assert.equal(page.delivery(), 'pending');
  assert.deepEqual(run(deliver, { ...data, relay }, recordingOpener()).calls, ['close']);
});

test('the sign of life goes to the one origin, and is repeated while the page lives', () => {
  const opener = recordingOpener();
  const sign = '{"state":"s"} → https://shop.example';
  const page = run(postToOpener, data, opener);
  assert.deepEqual(opener.posts, [sign]);
  page.later();
  assert.deepEqual(opener.posts, [sign, sign]);
  run(postToOpener, data, null).later();
});

test('a page that nobody answers says in the end that it is over', () => {
  const opener = recordingOpener();
  const page = run(postToOpener, { ...data, last: { error: 'attempt_expired' }, lastInMs: 1 }, opener);
  page.all();
  assert.equal(opener.posts.at(-1), '{"error":"attempt_expired"} → https://shop.example');
});
