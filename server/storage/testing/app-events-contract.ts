import assert from 'node:assert/strict';
import { it } from 'node:test';
import { EventIds, timeOfEventId } from '../../events/event-id.ts';
import { APP_EVENT_LIFETIME_MS, type EventFilter, matches, type RecordedEvent } from '../app-events.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';

const MINUTE_MS = 60 * 1000;

onEachEngine('events of an app', (context) => {
  const ids = new EventIds();
  function event(clientId: string, values: Partial<RecordedEvent> = {}): RecordedEvent {
    const at = values.at ?? new Date();
    return {
      id: ids.next(at.getTime()),
      clientId,
      kind: 'popup.opened',
      requestId: undefined,
      attempt: undefined,
      userId: undefined,
      status: undefined,
      summary: 'Popup opened',
      detail: {},
      at,
      ...values,
    };
  }

  it('come back as they were written, newest first, to their own environment alone', async () => {
    const { appEvents } = context.storage;
    const at = new Date(Date.now() - 1_000);
    const full = event('mine', { at, requestId: 'r-1', userId: 'u-1', status: 404, detail: { route: '/1/users/:id' } });
    const later = event('mine', { at });
    await appEvents.addAll([full, later, event('other')]);
    await appEvents.addAll([]);
    const { events, next } = await context.elsewhere.storage.appEvents.list('mine', { limit: 10 });
    assert.deepEqual(events, [later, full]);
    assert.equal(next, undefined);
    assert.deepEqual((await appEvents.list('nobody', { limit: 10 })).events, []);
  });

  it('are paged without a gap, those of one millisecond too', async () => {
    const { appEvents } = context.storage;
    const at = new Date();
    await appEvents.addAll(Array.from({ length: 7 }, () => event('paged', { at })));
    const seen: string[] = [];
    for (let before: string | undefined, pages = 1; ; pages += 1) {
      const cursor = before === undefined ? undefined : { id: before, at: timeOfEventId(before) };
      const page = await appEvents.list('paged', { limit: 3, before: cursor });
      seen.push(...page.events.map(({ id }) => id));
      before = page.next;
      if (before === undefined) {
        assert.equal(pages, 3);
        break;
      }
    }
    assert.equal(new Set(seen).size, 7);
    assert.deepEqual(seen, [...seen].sort().reverse());
  });

  const rows = [
    { kind: 'api.called', status: 200, summary: 'GET /1/users/:id answered 200', requestId: 'Req-AAA', userId: 'u_1' },
    { kind: 'api.called', status: 404, summary: 'GET /1/users/:id answered 404', detail: { key: 'sk_test_abcd' } },
    { kind: 'popup.refused', summary: '100% wrong \\ É', requestId: 'req-bbb' },
    { kind: 'popup.opened', summary: 'Popup opened' },
  ];
  const filters: [title: string, filter: EventFilter, found: number[]][] = [
    ['nothing', {}, [3, 2, 1, 0]],
    ['kinds', { kinds: ['api.called'] }, [1, 0]],
    ['problems', { problems: ['popup.refused'] }, [2, 1]],
    ['a request id in another case', { search: 'rEq-aaa' }, [0]],
    ['a user id, whose _ is no wildcard', { search: 'u_1' }, [0]],
    ['_ that is nowhere', { search: 'u_2' }, []],
    ['a status', { search: '404' }, [1]],
    ['a text', { search: 'POPUP' }, [3, 2]],
    ['something of the detail', { search: 'sk_test_abcd' }, [1]],
    ['% itself', { search: '100%' }, [2]],
    ['% as no wildcard', { search: '1%0' }, []],
    ['a backslash', { search: '\\' }, [2]],
    ['a letter beyond ASCII', { search: 'É' }, [2]],
    ["a quote of SQL's", { search: "' or 1=1 --" }, []],
    ['both', { kinds: ['api.called'], search: '200' }, [0]],
  ];
  for (const [title, filter, found] of filters) {
    it(`are found by ${title}, in the database as at hand`, async () => {
      const { appEvents } = context.storage;
      const clientId = `filtered ${title}`;
      const events = rows.map((row) => event(clientId, row));
      await appEvents.addAll(events);
      const page = await appEvents.list(clientId, { limit: 10, filter });
      const expected = found.map((index) => events[index]);
      assert.deepEqual(page.events, expected);
      assert.deepEqual(
        events.filter((one) => matches(one, filter)),
        [...expected].reverse(),
      );
    });
  }

  it('of an attempt are found together, in their own environment alone', async () => {
    const { appEvents } = context.storage;
    const own = [event('tied', { attempt: 'a' }), event('tied', { attempt: 'b' }), event('tied', { attempt: 'a' })];
    await appEvents.addAll([...own, event('tied'), event('elsewhere', { attempt: 'a' })]);
    const [first, other, last] = own;
    assert.deepEqual(await appEvents.listAttempts('tied', ['a'], 10), [first, last]);
    assert.deepEqual(await appEvents.listAttempts('tied', ['a', 'b'], 10), own, 'oldest first');
    assert.deepEqual(await appEvents.listAttempts('tied', ['a', 'b'], 2), [other, last], 'the newest when too many');
    assert.deepEqual(await appEvents.listAttempts('tied', [], 10), []);
    const filter = { attempt: 'a' };
    // However few may be looked through, what belongs to others is not counted.
    const page = await appEvents.list('tied', { limit: 10, filter, maxScanned: 3 });
    assert.deepEqual(page, { events: [last, first], next: undefined });
    assert.ok(own.every((one) => matches(one, filter) === (one !== other)));
  });

  it('of a user, and between two moments, are found', async () => {
    const { appEvents } = context.storage;
    const now = Date.now();
    const [oldest, middle, newest] = [3, 2, 1].map((minutes) => {
      return event('between', { at: new Date(now - minutes * MINUTE_MS), userId: minutes === 2 ? 'u' : `u${minutes}` });
    });
    assert.ok(oldest && middle && newest);
    await appEvents.addAll([oldest, middle, newest]);
    const found = async (query: object) => (await appEvents.list('between', { limit: 10, ...query })).events;
    assert.deepEqual(await found({ since: middle.at }), [newest, middle]);
    assert.deepEqual(await found({ until: middle.at }), [oldest]);
    assert.deepEqual(await found({ since: middle.at, until: newest.at }), [middle]);
    assert.deepEqual(await found({ filter: { userId: 'u' } }), [middle], 'not one whose id only begins so');
    assert.ok(matches(middle, { userId: 'u' }) && !matches(newest, { userId: 'u' }));
    const next = await appEvents.list('between', { limit: 1, since: middle.at });
    assert.equal(next.next, newest.id);
  });

  it('are looked through in bounded steps, however few match', async () => {
    const { appEvents } = context.storage;
    const at = new Date();
    const wanted = event('searched', { at, summary: 'the needle' });
    const hay = Array.from({ length: 9 }, () => event('searched', { at }));
    await appEvents.addAll([wanted, ...hay]);
    const filter = { search: 'needle' };
    const first = await appEvents.list('searched', { limit: 2, filter, maxScanned: 6 });
    assert.deepEqual(first.events, []);
    assert.ok(first.next);
    const before = { id: first.next, at: timeOfEventId(first.next) };
    const second = await appEvents.list('searched', { limit: 2, filter, maxScanned: 6, before });
    assert.deepEqual(second, { events: [wanted], next: undefined });
  });

  it('since a moment come oldest first, the newest of them when there are too many', async () => {
    const { appEvents } = context.storage;
    const now = Date.now();
    const events = [3, 2, 1, 0].map((minutes) => event('since', { at: new Date(now - minutes * MINUTE_MS) }));
    await appEvents.addAll(events);
    assert.deepEqual(await appEvents.listSince('since', new Date(now - 2 * MINUTE_MS), 10), events.slice(1));
    assert.deepEqual(await appEvents.listSince('since', new Date(0), 2), events.slice(2));
  });

  it('are gone after 30 days', async () => {
    const { appEvents } = context.storage;
    const now = Date.now();
    const kept = event('old', { at: new Date(now - APP_EVENT_LIFETIME_MS + MINUTE_MS) });
    await appEvents.addAll([kept, event('old', { at: new Date(now - APP_EVENT_LIFETIME_MS - MINUTE_MS) })]);
    assert.deepEqual((await appEvents.list('old', { limit: 10 })).events, [kept], 'not even before they are swept');
    await sweep(context.database.db);
    assert.deepEqual(await appEvents.listSince('old', new Date(0), 10), [kept]);
  });
});
