import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConnectionError, PlatformError, TimeoutError } from '../platform-error.ts';
import { secondsOf } from './read-answer.ts';
import { backoffMs, retryDelayMs } from './retry.ts';

const answered = (status: number, code = 'x', retryAfterSeconds?: number) =>
  new PlatformError({ status, code, message: '', retryAfterSeconds });
const unanswered = (code: string) => new ConnectionError({ code, message: '' });

test('which failures are sent again', () => {
  const rows: [unknown, { repeatable: boolean; once: boolean }][] = [
    [answered(400), { repeatable: false, once: false }],
    [answered(401), { repeatable: false, once: false }],
    [answered(409, 'idempotency_key_reused'), { repeatable: false, once: false }],
    [answered(409, 'request_under_way'), { repeatable: true, once: true }],
    [answered(429), { repeatable: true, once: true }],
    [answered(429, 'too_many_attempts', 1), { repeatable: false, once: false }],
    [answered(429, 'x', 3_000), { repeatable: false, once: false }],
    [answered(500), { repeatable: true, once: false }],
    [answered(502), { repeatable: true, once: false }],
    [answered(503), { repeatable: true, once: true }],
    [unanswered('ECONNRESET'), { repeatable: true, once: false }],
    [unanswered('ECONNREFUSED'), { repeatable: true, once: true }],
    [unanswered('ENOTFOUND'), { repeatable: true, once: true }],
    [unanswered('DEPTH_ZERO_SELF_SIGNED_CERT'), { repeatable: false, once: false }],
    [new TimeoutError({ code: 'timeout', message: '' }), { repeatable: true, once: false }],
    [new Error('a bug'), { repeatable: false, once: false }],
  ];
  for (const [error, expected] of rows) {
    const again = (repeatable: boolean) => retryDelayMs(error, repeatable, 0) !== undefined;
    assert.deepEqual({ repeatable: again(true), once: again(false) }, expected, String((error as PlatformError).code));
  }
});

test('pauses double, vary, and are at most eight seconds', () => {
  for (const [attempt, longestMs] of [500, 1_000, 2_000, 4_000, 8_000, 8_000].entries()) {
    const waits = Array.from({ length: 200 }, () => backoffMs(attempt));
    assert.ok(waits.every((ms) => ms >= longestMs / 2 && ms <= longestMs));
    assert.ok(new Set(waits).size > 20);
  }
  assert.equal(retryDelayMs(answered(429, 'x', 7), true, 0), 7_000);
});

test('Retry-After is read in both its forms', () => {
  assert.equal(secondsOf(null), undefined);
  assert.equal(secondsOf('12'), 12);
  assert.equal(secondsOf('soon'), undefined);
  assert.equal(secondsOf('Thu, 01 Jan 1970 00:00:00 GMT'), 0);
  const inAMinute = secondsOf(new Date(Date.now() + 60_000).toUTCString()) ?? 0;
  assert.ok(inAMinute >= 59 && inAMinute <= 60);
});
