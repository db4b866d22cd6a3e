import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  isForeignKeyViolation,
  isOutOfReach,
  isRetryable,
  isUniqueViolation,
  WriteLockTimeoutError,
} from './database-errors.ts';

describe('database errors', () => {
  it('are told apart on both engines', () => {
    const failure = (codes: { code?: string; errcode?: number }) => Object.assign(new Error('engine failure'), codes);
    assert.ok(!isRetryable('40001') && !isRetryable(undefined) && !isRetryable(null));
    assert.ok(isForeignKeyViolation(failure({ code: '23503' })) && !isForeignKeyViolation('23503'));
    assert.ok(isUniqueViolation(failure({ code: '23505' })));
    assert.ok(isUniqueViolation(failure({ errcode: 2067 })));
    assert.ok(isUniqueViolation(failure({ errcode: 1555 })));
    assert.ok(!isUniqueViolation(failure({ code: '23503' })));
    assert.ok(!isUniqueViolation(failure({ errcode: 787 })), 'a foreign key');
    assert.ok(!isUniqueViolation('23505'));
  });
});

describe('a write lock that was not free in time', () => {
  it('is not waited for once more by who repeats transactions', () => {
    assert.equal(
      isRetryable(new WriteLockTimeoutError('held', { cause: Object.assign(new Error(), { errcode: 5 }) })),
      false,
    );
  });
});

describe('isOutOfReach', () => {
  const failure = (message: string, code?: string, errcode?: number) =>
    Object.assign(new Error(message), { code: code ?? 'ERR_SQLITE_ERROR' }, errcode && { errcode });
  for (const error of [
    failure('connect ECONNREFUSED', 'ECONNREFUSED'),
    failure('terminating connection due to administrator command', '57P01'),
    failure('sorry, too many clients already', '53300'),
    failure('Connection terminated unexpectedly'),
    failure('timeout exceeded when trying to connect'),
    failure('cannot execute INSERT in a read-only transaction', '25006'),
    failure('could not extend file: No space left on device', '53100'),
    failure('canceling statement due to statement timeout', '57014'),
    failure('the host is down', 'EHOSTUNREACH'),
    failure('database is locked', undefined, 5),
    failure('attempt to write a readonly database', undefined, 1032),
    failure('disk I/O error', undefined, 778),
    failure('database or disk is full', undefined, 13),
    failure('unable to open database file', undefined, 14),
    new WriteLockTimeoutError('another process holds the write lock'),
    new Error('the page could not be shown', { cause: failure('connect ECONNREFUSED', 'ECONNREFUSED') }),
  ]) {
    it(`is: ${error.message}`, () => assert.equal(isOutOfReach(error), true));
  }
  for (const error of [
    failure('syntax error', '42601'),
    failure('duplicate key', '23505'),
    failure('UNIQUE constraint failed', undefined, 2067),
    failure('database disk image is malformed', undefined, 11),
    failure('boom'),
    'ECONNREFUSED',
  ]) {
    it(`is not: ${error instanceof Error ? error.message : error}`, () => assert.equal(isOutOfReach(error), false));
  }
});
