import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dateOf } from './columns.ts';
import { present } from './present.ts';

interface Sample {
  id: string;
  text?: string;
  count?: number;
  flag?: boolean;
  at?: Date;
}

describe('present', () => {
  it('leaves out null and undefined', () => {
    const sample = present<Sample>({ id: 'a', text: null, count: undefined, flag: null, at: dateOf(null) });
    assert.deepEqual(Object.keys(sample), ['id']);
  });

  it('keeps every value, the falsy ones too, in their order', () => {
    const sample = present<Sample>({ id: '', text: '', count: 0, flag: false, at: dateOf(0) });
    assert.deepEqual(Object.entries(sample), [
      ['id', ''],
      ['text', ''],
      ['count', 0],
      ['flag', false],
      ['at', new Date(0)],
    ]);
  });

  it('takes no value for what has to be there, no name that is not known, and forgets no name', () => {
    const rest = { text: null, count: null, flag: null, at: null };
    // @ts-expect-error id is required
    present<Sample>({ ...rest, id: null });
    // @ts-expect-error a property that is there as null would be left out
    present<{ realm: string | null }>({ realm: null });
    // @ts-expect-error no such property
    present<Sample>({ ...rest, id: 'a', txt: 'a' });
    // @ts-expect-error text is not named
    const sample = present<Sample>({ id: 'a', count: null, flag: null, at: null });
    assert.deepEqual(sample, { id: 'a' });
  });
});
