import assert from 'node:assert/strict';
import { it } from 'node:test';
import { linesOf } from './lines-of.ts';

it('says each value in a line, and each item of a list', () =>
  assert.deepEqual(
    linesOf({ read: 3, keys: ['a', 'b'], none: [], apps: [{ id: 'x', name: 'Two words', owner: null }] }),
    ['read: 3', 'keys: a, b', 'none: (none)', 'id=x name="Two words"'],
  ));

it('says what is in an object below its name', () =>
  assert.deepEqual(
    linesOf({
      rejected_by_reason: { 'email: is none': 2 },
      left_alone: {},
      production: { passwords: { own: 1 }, sources: [{ accounts: 4 }] },
    }),
    [
      'rejected_by_reason:',
      '  email: is none: 2',
      'left_alone: (none)',
      'production:',
      '  passwords:',
      '    own: 1',
      '  accounts=4',
    ],
  ));
