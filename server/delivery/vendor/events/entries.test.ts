import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RecordedEvent } from '#storage/app-events.ts';
import { attemptsIn, entriesOf } from './entries.ts';

/** Named by its place in the log: `b2 A` is the event b2, of the attempt A. */
function event(text: string): RecordedEvent {
  const [id = '', attempt] = text.split(' ');
  const kind = id.endsWith('!') ? 'popup.refused' : 'popup.opened';
  const at = new Date(0);
  return {
    id,
    clientId: 'c',
    kind,
    requestId: id,
    attempt,
    userId: undefined,
    status: undefined,
    summary: '',
    detail: {},
    at,
  };
}

const LOG = ['1 A', '2', '3 A', '4 B', '5', '6 A', '7 B!'].map((text) => event(text.replace(/(\S+) (\w)!/, '$1! $2')));

/** The rows of a page that ends before an event. */
function rows(page: RecordedEvent[], before?: string, problems?: string[]): string[] {
  const filter = problems ? { problems } : {};
  const steps = LOG.filter(({ attempt }) => attempt !== undefined && attemptsIn(page).includes(attempt));
  return entriesOf(page, steps, { before, filter }).map((entry) =>
    'steps' in entry ? entry.steps.map(({ id }) => id).join('+') : entry.event.id,
  );
}

const newestFirst = (...ids: string[]) => ids.map((id) => LOG.find((one) => one.id === id) ?? event(id));

describe('the rows of the log', () => {
  it('are attempts with all their steps, where the newest of them is, and what belongs to none', () => {
    assert.deepEqual(rows(newestFirst('7!', '6', '5', '4', '3', '2', '1')), ['4+7!', '1+3+6', '5', '2']);
  });

  it('show an attempt once, although its steps are on two pages', () => {
    assert.deepEqual(rows(newestFirst('7!', '6', '5')), ['4+7!', '1+3+6', '5']);
    assert.deepEqual(rows(newestFirst('4', '3', '2', '1'), '5'), ['2']);
  });

  it('show an attempt whole when one of its steps was asked for, on the page of that step', () => {
    assert.deepEqual(rows(newestFirst('7!'), undefined, ['popup.refused']), ['4+7!']);
    assert.deepEqual(rows(newestFirst('4'), '5', ['popup.opened']), ['4+7!'], 'the newer step does not match');
  });

  it('show a step whose attempt could not be read', () => {
    const [step] = newestFirst('6');
    assert.ok(step);
    assert.deepEqual(entriesOf([step], [], { before: undefined, filter: {} }), [{ steps: [step] }]);
  });
});
