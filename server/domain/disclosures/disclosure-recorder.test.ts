import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { Disclosure, DisclosureRepository } from '../../storage/disclosures.ts';
import { AGAIN_AFTER_MS, DisclosureRecorder } from './disclosure-recorder.ts';

describe('what a backend reads of people', () => {
  /** A recorder, and what it has written. */
  function record(test: TestContext, fail: () => boolean = () => false) {
    test.mock.timers.enable({ apis: ['Date'], now: 1_700_000_000_000 });
    const written: Disclosure[] = [];
    const repository = {
      record: async (items: readonly Disclosure[]) => {
        if (fail()) throw new Error('the disk is full');
        written.push(...items);
      },
    } as unknown as DisclosureRepository;
    return { recorder: new DisclosureRecorder(repository, { warn: () => {} }), written };
  }

  it('is written once, however often it is read, and again after five minutes', async (test) => {
    const { recorder, written } = record(test);
    for (let time = 0; time < 100; time += 1) recorder.read('ada', ['name', 'email']);
    await recorder.flush();
    test.mock.timers.tick(AGAIN_AFTER_MS - 1);
    recorder.read('ada', ['name', 'email']);
    await recorder.flush();
    assert.equal(written.length, 1);
    test.mock.timers.tick(1);
    recorder.read('ada', ['name', 'email']);
    await recorder.flush();
    assert.equal(written.length, 2);
  });

  it('is written at once when it is new: another person, another field, another way', async (test) => {
    const { recorder, written } = record(test);
    recorder.read('ada', ['name']);
    recorder.read('bob', ['name']);
    recorder.read('ada', ['name', 'address']);
    recorder.received('ada', ['name']);
    recorder.received('ada', []);
    await recorder.flush();
    assert.deepEqual(
      written.map(({ userId, how, fields }) => [userId, how, fields.join()]),
      [
        ['ada', 'read', 'name'],
        ['bob', 'read', 'name'],
        ['ada', 'read', 'name,address'],
        ['ada', 'received', 'name'],
      ],
    );
  });

  it('is written by the next read when it could not be written', async (test) => {
    let isBroken = true;
    const { recorder, written } = record(test, () => isBroken);
    recorder.read('ada', ['name']);
    await recorder.flush();
    isBroken = false;
    recorder.read('ada', ['name']);
    await recorder.flush();
    assert.equal(written.length, 1);
  });

  it('is remembered of a bounded number of people', async (test) => {
    const { recorder, written } = record(test);
    for (let person = 0; person < 20_001; person += 1) {
      recorder.read(`person-${person}`, ['name']);
      if (person % 1_000 === 0) await recorder.flush();
    }
    recorder.read('person-1', ['name']);
    recorder.read('person-0', ['name']);
    await recorder.flush();
    assert.equal(written.length, 20_002, 'the one of the longest ago is forgotten, and written again');
  });
});
