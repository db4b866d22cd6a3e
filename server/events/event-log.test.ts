import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import type { RecordedEvent } from '../storage/app-events.ts';
import type { AppEvent } from './app-event.ts';
import { EventLog, type EventLogOptions } from './event-log.ts';
import { originOf, safeText } from './safe-text.ts';

const CALL: AppEvent = { kind: 'api.called', status: 200, detail: { method: 'GET', route: '/1/users' } };
const FAILURE: AppEvent = { ...CALL, status: 401 };
const POPUP: AppEvent = { kind: 'popup.cancelled', detail: { at: 'consent' } };
const HOUR_MS = 60 * 60 * 1000;

/** A log whose rows and warnings are kept in arrays. */
function openLog(options: Partial<EventLogOptions> = {}) {
  const rows: RecordedEvent[] = [];
  const batches: number[] = [];
  const warnings: unknown[] = [];
  const events = new EventLog({
    appEvents: {
      addAll: async (events) => {
        batches.push(events.length);
        rows.push(...events);
      },
      listSince: async () => [],
    },
    log: { warn: (details: unknown) => void warnings.push(details) },
    ...options,
  });
  return { events, rows, batches, warnings };
}

describe('the event log', () => {
  it('writes events together and in order, each with a summary', async () => {
    const { events, rows, batches } = openLog();
    events.record('app', { ...CALL, requestId: 'request', attempt: 'attempt', userId: 'user' });
    events.record('app', POPUP);
    assert.equal(rows.length, 0, 'recording waits for nothing');
    await events.flush();
    assert.deepEqual(batches, [2]);
    const [call, popup] = rows;
    assert.ok(call && popup && call.id < popup.id);
    const { id: _id, at, ...rest } = call;
    assert.ok(Date.now() - at.getTime() < 5_000);
    assert.deepEqual(rest, {
      clientId: 'app',
      kind: 'api.called',
      requestId: 'request',
      attempt: 'attempt',
      userId: 'user',
      status: 200,
      summary: 'GET /1/users',
      detail: { method: 'GET', route: '/1/users' },
    });
    assert.equal(popup.summary, 'Cancelled at consent');
  });

  it('lists a noisy app’s events up to its limit, then their number; other apps and failed calls have their own limits', async () => {
    const { events, rows } = openLog({ allowance: [{ durationMs: HOUR_MS, max: 3 }] });
    for (let call = 0; call < 10; call += 1) events.record('noisy', CALL);
    for (const event of [FAILURE, POPUP]) events.record('noisy', event);
    events.record('quiet', CALL);
    await events.close();
    const summaries = rows.map(({ clientId, summary }) => `${clientId}: ${summary}`);
    assert.deepEqual(summaries, [
      ...Array(3).fill('noisy: GET /1/users'),
      'noisy: GET /1/users',
      'noisy: Cancelled at consent',
      'quiet: GET /1/users',
      'noisy: 7 more not listed (calls): too many at once',
    ]);
    assert.deepEqual(rows.at(-1)?.detail, { count: 7, of: 'calls' });
  });

  it('reports what it left out every minute, and starts again with each window', async () => {
    const { events, rows } = openLog({ allowance: [{ durationMs: 20, max: 1 }], settleIntervalMs: 10 });
    const count = (wanted: AppEvent['kind']) => rows.filter(({ kind }) => kind === wanted).length;
    const call = async () => {
      for (let calls = 0; calls < 2; calls += 1) events.record('app', CALL);
      await events.flush();
    };
    await until(() => call().then(() => count('log.omitted') > 0));
    const listed = count('api.called');
    await until(() => call().then(() => count('api.called') > listed));
    await events.close();
  });

  it('drops events when the database cannot keep up, says how many, and never fails a request', async () => {
    let finish = () => {};
    const blocked = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let written = 0;
    const { events, warnings } = openLog({
      allowance: [],
      appEvents: {
        addAll: async (rows) => {
          await blocked;
          written += rows.length;
        },
        listSince: async () => [],
      },
    });
    // 500 are being written, 500 wait.
    for (let call = 0; call < 1_500; call += 1) events.record('app', CALL);
    finish();
    await events.close();
    assert.equal(written, 1_000);
    assert.deepEqual(warnings, [{ items: 500 }]);
  });

  it('continues after a failure of the database', async () => {
    const failure = new Error('disk full');
    const { events, warnings } = openLog({
      appEvents: {
        addAll: async () => {
          throw failure;
        },
        listSince: async () => [],
      },
    });
    events.record('app', CALL);
    await events.close();
    events.record('app', CALL);
    assert.deepEqual(warnings[0], { err: failure, items: 1 });
  });
});

describe('text from requests', () => {
  it('is logged bounded, on one line, without email addresses', () => {
    assert.equal(safeText('plain'), 'plain');
    assert.equal(safeText('a\r\nb\u0000c'), 'a b c');
    assert.equal(safeText('fields: mallory@example.com is none'), 'fields: … is none');
    assert.equal(safeText('x'.repeat(5_000)).length, 300);
  });

  it('keeps only the origin of a URL', () => {
    assert.equal(originOf('https://shop.example/path?email=a@b.example#x'), 'https://shop.example');
    assert.equal(originOf('https://ada:secret@shop.example:8443'), 'https://shop.example:8443');
    for (const none of [undefined, 7, '', 'null', 'shop.example', 'data:text/html,x', 'javascript:alert(1)']) {
      assert.equal(originOf(none), undefined, String(none));
    }
  });
});
