import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isForeignKeyViolation, isOutOfReach, isRetryable, isUniqueViolation } from './database-errors.ts';

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

describe('isOutOfReach', () => {
  const failure = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {});
  for (const error of [
    failure('connect ECONNREFUSED', 'ECONNREFUSED'),
    failure('terminating connection due to administrator command', '57P01'),
    failure('sorry, too many clients already', '53300'),
    failure('Connection terminated unexpectedly'),
  ]) {
    it(`is: ${error.message}`, () => assert.equal(isOutOfReach(error), true));
  }
  for (const error of [
    failure('syntax error', '42601'),
    failure('duplicate key', '23505'),
    failure('boom'),
    'ECONNREFUSED',
  ]) {
    it(`is not: ${error instanceof Error ? error.message : error}`, () => assert.equal(isOutOfReach(error), false));
  }
});
