import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCores } from './cores.ts';
import { luaString, readAnswers } from './wrk-script.ts';

describe('a string in a script', () => {
  it('is what was meant, whatever is in it', () => {
    assert.equal(luaString('a"b\\c\n"'), '"a\\034b\\092c\\010\\034"');
    assert.equal(luaString('é]]--'), '"\\195\\169]]--"');
  });
});

describe('the result of wrk', () => {
  it('is read, with what else wrk prints around it', () => {
    assert.deepEqual(readAnswers('Running 1s test\nRESULT 3000000 300 1500 2 200=7 303=9\nRequests/sec: 1\n'), {
      byStatus: new Map([
        [200, 7],
        [303, 9],
      ]),
      seconds: 3,
      p50Ms: 0.3,
      p99Ms: 1.5,
      failed: 2,
    });
  });

  it('is an error when there is none', () => {
    assert.throws(() => readAnswers('unable to connect'), /unable to connect/);
  });
});

describe('a list of processors', () => {
  it('is read as the kernel writes it', () => {
    assert.deepEqual(readCores('0-2,5'), [0, 1, 2, 5]);
    assert.deepEqual(readCores('3'), [3]);
  });
});
