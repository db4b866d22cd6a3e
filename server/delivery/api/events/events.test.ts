import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiCaller } from '#testing/api-caller.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

interface Event {
  id: string;
  type: string;
  created_at: string;
  attempt: string | null;
  request_id: string | null;
  user_id: string | null;
  status: number | null;
}
type App = Awaited<ReturnType<TestPlatform['createApp']>> & { api: ApiCaller };

describe('the events of an app, by API', () => {
  let platform: TestPlatform;
  let app: App;
  /** All of {@link app}, oldest first. */
  let all: Event[];
  before(async () => {
    platform = await startTestPlatform();
    app = await newApp();
    for (const browser of [platform.browser(), platform.browser()]) await cancelAtConsent(browser);
    await app.api.get('/users/unknown-user-of-nobody-00');
    all = (await list(app, '?limit=100')).data.reverse();
  });
  after(() => platform.close());

  async function newApp(): Promise<App> {
    const made = await platform.createApp({ name: 'Fern' });
    return { ...made, api: new ApiCaller(platform, made.apiKey) };
  }

  async function cancelAtConsent(browser: HttpBrowser): Promise<void> {
    const request = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'email' };
    const page = await browser.openPopup(request);
    await browser.submit(await browser.submit(page, '/persona', { persona: 'complete' }), '/cancel');
  }

  async function list({ api }: Pick<App, 'api'>, query = '') {
    const { status, body, headers } = await api.get(`/events${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    const { data, next, has_more: hasMore } = body as { data: Event[]; next: string | null; has_more: boolean };
    assert.equal(hasMore, next !== null);
    assert.equal(headers.get('link'), next && `<${next}>; rel="next"`);
    assert.equal(headers.get('cache-control'), 'no-store');
    return { data, next };
  }
  const ids = (events: readonly Event[]) => events.map(({ id }) => id);
  const newestFirst = (events: readonly Event[]) => ids(events).reverse();

  it('are all that happened, with the attempt that each belongs to', () => {
    const STEPS = ['popup.opened', 'popup.sign_in_shown', 'popup.consent_shown', 'popup.cancelled'];
    assert.deepEqual(
      all.map(({ type }) => type),
      [...STEPS, ...STEPS, 'api.called'],
    );
    assert.deepEqual(
      all.map(({ attempt }) => attempt),
      [...Array(4).fill(all[0]?.attempt), ...Array(4).fill(all[4]?.attempt), null],
    );
    assert.notEqual(all[0]?.attempt, all[4]?.attempt);
    assert.ok(all.every((event) => event.request_id && new Date(event.created_at).toISOString() === event.created_at));
  });

  it('are found by attempt, type, user and time', async () => {
    const [first] = all;
    const { attempt, created_at: began } = all[4] ?? {};
    const { data } = await list(app, `?attempt=${attempt}`);
    assert.deepEqual(ids(data), newestFirst(all.slice(4, 8)));
    const cancelled = await list(app, `?attempt=${attempt}&type=popup.cancelled`);
    assert.deepEqual(ids(cancelled.data), [all[7]?.id]);
    assert.deepEqual((await list(app, `?attempt=${'x'.repeat(22)}`)).data, []);
    const user = await app.api.createUser();
    await app.api.get(`/users/${user['id']}`);
    const about = await list(app, `?user=${user['id']}`);
    assert.deepEqual(
      about.data.map(({ type, user_id: id }) => [type, id]),
      Array(2).fill(['api.called', user['id']]),
    );
    const until = await list(app, `?until=${began}&limit=100`);
    assert.deepEqual(ids(until.data), newestFirst(all.filter((event) => event.created_at < String(began))));
    const since = encodeURIComponent(String(first?.created_at).replace('Z', '+00:00'));
    assert.equal((await list(app, `?since=${since}&type=popup.opened`)).data.length, 2);
  });

  it('are paged without a gap, with the filter that was asked for', async () => {
    const seen: string[] = [];
    for (const type of ['popup.opened', 'popup.cancelled', 'popup.consent_shown', 'popup.sign_in_shown']) {
      let query = `?limit=1&type=${type}`;
      for (let pages = 0; ; pages += 1) {
        const { data, next } = await list(app, query);
        seen.push(...ids(data));
        if (next === null) break;
        assert.ok(next.startsWith(`${platform.url}/1/events?`) && pages < 3);
        query = new URL(next).search;
      }
    }
    assert.deepEqual(seen.sort(), ids(all.slice(0, 8)));
  });

  it('belong to the environment of the key, which may be read-only', async () => {
    const stranger = await newApp();
    const { attempt } = all[0] ?? {};
    assert.deepEqual((await list(stranger, `?attempt=${attempt}`)).data, []);
    const own = await list(stranger);
    assert.deepEqual(
      own.data.map(({ type }) => type),
      ['api.called'],
      'the call before',
    );
    const production = await platform.createApp({ name: 'Fern', environment: 'production' });
    const live = await list({ api: new ApiCaller(platform, production.apiKey) });
    assert.deepEqual(live.data, []);
    const { key } = await platform.storage.apiKeys.create(app.clientId, { name: 'r', readOnly: true });
    assert.equal((await list({ api: new ApiCaller(platform, key) }, `?attempt=${attempt}`)).data.length, 4);
  });

  it('refuse a filter that makes no sense, and say which', async () => {
    const cases: [query: string, message: RegExp][] = [
      ['type=nothing', /^In the query, type is none of the types of events/],
      ['type=popup.opened&type=api.called', /^In the query, type /],
      ['attempt=', /^In the query, attempt is the attempt of an event/],
      ['user=%27%20or%201=1', /^In the query, user is the id of a user/],
      ['since=yesterday', /^In the query, since is a time such as 2026-/],
      ['until=2026-11-30', /^In the query, until is a time such as 2026-/],
      ['since=2026-11-30T00:00:00Z&until=2026-11-30T00:00:00Z', /until is not later than since/],
      ['limit=0', /^In the query, limit is a number from 1 to 100/],
      ['limit=101', /^In the query, limit is a number from 1 to 100/],
      ['starting_after=x', /^In the query, starting_after is the id of an event/],
      ['q=x', /q/],
    ];
    for (const [query, message] of cases) {
      const { status, body } = await app.api.get(`/events?${query}`);
      assert.deepEqual([status, body['error']], [400, 'invalid_request'], query);
      assert.match(String(body['message']), message);
    }
    assert.equal((await new ApiCaller(platform, 'sk_test_nobody').get('/events')).status, 401);
    assert.equal((await app.api.post('/events', {})).status, 405);
  });
});
