import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ApiCaller, type ApiResult, type ApiUser } from '#testing/api-caller.ts';
import { onEachPlatform } from '#testing/each-platform.ts';
import { LIST_QUERIES } from '../../../../scripts/testing/hostile-inputs.ts';
import { sendRaw } from '../docs/testing/raw-request.ts';

onEachPlatform('GET /1/users', (context) => {
  const { newCaller } = context;
  const idsOf = ({ body }: ApiResult) => (body['data'] as ApiUser[]).map(({ id }) => id);

  async function createUsers(vendor: ApiCaller, count: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < count) ids.unshift((await vendor.createUser()).id);
    return ids;
  }

  /** A vendor, and its users in storage, where an address may be what the API would not take. */
  async function newVendor() {
    const { apiKey, clientId } = await context.platform.createApp();
    const appUsers = context.platform.storage.realm('sandbox').appUsers(clientId);
    return { appUsers, call: new ApiCaller(context.platform, apiKey) };
  }

  /** Follows the links of one kind to the end. */
  async function follow(vendor: ApiCaller, first: ApiResult, direction: 'next' | 'previous'): Promise<ApiResult[]> {
    const pages = [first];
    for (let url = first.body[direction]; typeof url === 'string'; url = pages.at(-1)?.body[direction]) {
      assert.ok(url.startsWith(`${context.platform.url}/1/users?`), url);
      pages.push(await vendor.get(url.slice(`${context.platform.url}/1`.length)));
      assert.ok(pages.length < 50, 'the links have an end');
    }
    return pages;
  }

  it('does not answer with the whole list to somebody who sends a filter in the body', async () => {
    const { apiKey } = await context.platform.createApp();
    const send = async (type: string, body: string) => {
      const headers: [string, string][] = [
        ['host', 'localhost'],
        ['connection', 'close'],
        ['x-api-key', apiKey],
        ['content-type', type],
        ['content-length', String(body.length)],
      ];
      const port = Number(new URL(context.platform.url).port);
      return sendRaw(port, { method: 'GET', target: '/1/users', headers, body: Buffer.from(body) });
    };
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', 'email=a%40example.com'],
      ['application/json', '{"email":"a@example.com"}'],
    ] as const) {
      const answer = await send(type, body);
      assert.equal(answer?.status, 400);
      assert.match(answer?.body ?? '', /Send \\"email\\" in the query of the URL: GET \/1\/users\?email=/);
    }
    for (const [type, body] of [
      ['application/json', '{}'],
      ['application/json', 'no json'],
      ['text/plain', 'email'],
    ] as const) {
      assert.equal((await send(type, body))?.status, 200, `${type} ${body}`);
    }
  });

  it('is empty at first', async () => {
    const { text, headers } = await (await newCaller()).get('/users');
    assert.equal(text, '{"data":[],"has_more":false,"next":null,"previous":null}');
    assert.equal(headers.get('link'), null);
    assert.match(headers.get('cache-control') ?? '', /private/);
  });

  it('goes through 25 users forwards and backwards, meeting each once, though all are of one moment', async () => {
    const vendor = await newCaller();
    const created = await createUsers(vendor, 25);
    await context.platform.database.db
      .updateTable('users')
      .set({ created_at: 1_700_000_000_000 })
      .where('id', 'in', created)
      .execute();
    const forwards = await follow(vendor, await vendor.get('/users?limit=4'), 'next');
    const ids = forwards.map(idsOf);
    assert.deepEqual(
      ids.map((page) => page.length),
      [4, 4, 4, 4, 4, 4, 1],
    );
    assert.deepEqual(new Set(ids.flat()), new Set(created));
    assert.deepEqual(
      forwards.map(({ body }) => body['has_more']),
      [true, true, true, true, true, true, false],
    );
    const backwards = await follow(vendor, forwards.at(-1) as ApiResult, 'previous');
    assert.deepEqual(backwards.reverse().flatMap(idsOf), ids.flat());
  });

  it('has the newest first, ten of them, and says where the others are', async () => {
    const vendor = await newCaller();
    const created = await createUsers(vendor, 12);
    const times = created.map((id, index) => ({ id, created_at: 1_700_000_000_000 - index }));
    for (const { id, created_at } of times) {
      await context.platform.database.db.updateTable('users').set({ created_at }).where('id', '=', id).execute();
    }
    const first = await vendor.get('/users');
    assert.deepEqual(idsOf(first), created.slice(0, 10));
    const next = `${context.platform.url}/1/users?limit=10&starting_after=${created[9]}`;
    assert.deepEqual([first.body['has_more'], first.body['next'], first.body['previous']], [true, next, null]);
    assert.equal(first.headers.get('link'), `<${next}>; rel="next"`);

    const second = await vendor.get(`/users?starting_after=${created[9]}`);
    assert.deepEqual(idsOf(second), created.slice(10));
    const previous = `${context.platform.url}/1/users?limit=10&ending_before=${created[10]}`;
    assert.equal(second.headers.get('link'), `<${previous}>; rel="prev"`);

    const middle = await vendor.get(`/users?limit=3&ending_before=${created[6]}`);
    assert.deepEqual(idsOf(middle), created.slice(3, 6));
    assert.match(middle.headers.get('link') ?? '', /rel="next", <.*rel="prev"$/);
    assert.deepEqual(idsOf(await vendor.get(`/users?ending_before=${created[0]}`)), []);
  });

  it('takes a limit of 1 to 100', async () => {
    const vendor = await newCaller();
    await createUsers(vendor, 3);
    assert.equal(idsOf(await vendor.get('/users?limit=1')).length, 1);
    assert.equal(idsOf(await vendor.get('/users?limit=100')).length, 3);
  });

  const refused = [
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=ten',
    'limit=',
    'limit=1&limit=2',
    'starting_after=',
    'starting_after=a%00b',
    'starting_after=nobody',
    'ending_before=nobody',
    'starting_after=abc&ending_before=abc',
    'email=',
    'email=a%00b',
    'email=a@example.com&email=b@example.com',
    'username=%20',
    'email=a@example.com&username=a',
  ];
  for (const query of refused) {
    it(`refuses ${query}, naming it`, async () => {
      const { status, body } = await (await newCaller()).get(`/users?${query}`);
      assert.deepEqual([status, body['error']], [400, 'invalid_request']);
      assert.match(String(body['message']), new RegExp(query.split('=')[0] ?? ''));
    });
  }

  for (const { input, refusal, what } of LIST_QUERIES.refused) {
    it(`refuses what would find something else than was meant: ${what}`, async () => {
      const { status, body } = await (await newCaller()).get(`/users?${input}`);
      assert.deepEqual([status, body['error']], [400, 'invalid_request']);
      assert.ok(String(body['message']).includes(refusal), String(body['message']));
    });
  }

  it('takes UTF-8, escaped or not, and a plus sign', async () => {
    const { appUsers, call } = await newVendor();
    for (const { input, value } of LIST_QUERIES.understood) {
      const { id } = await appUsers.create({ email: value });
      assert.equal((await call.get(`/users?${input}`)).body['id'], id, input);
    }
  });

  it('can be continued from users who have been deleted meanwhile', async () => {
    const vendor = await newCaller();
    const created = await createUsers(vendor, 6);
    const first = await vendor.get('/users?limit=2');
    for (const id of idsOf(first)) assert.equal((await vendor.delete(`/users/${id}`)).status, 200);
    const [second] = (await follow(vendor, first, 'next')).slice(1);
    assert.deepEqual(second && idsOf(second), created.slice(2, 4));
    for (const id of created.slice(2, 4)) await vendor.delete(`/users/${id}`);
    assert.deepEqual(idsOf(await vendor.get(`/users?starting_after=${created[3]}`)), created.slice(4));
    assert.deepEqual(idsOf(await vendor.get(`/users?ending_before=${created[3]}`)), []);
    // Of another app, it leads nowhere.
    assert.equal((await (await newCaller()).get(`/users?starting_after=${created[3]}`)).status, 400);
  });

  it('is not led astray by a user of another app', async () => {
    const [vendor, other] = [await newCaller(), await newCaller()];
    const { id } = await other.createUser();
    assert.equal((await vendor.get(`/users?starting_after=${id}`)).status, 400);
  });

  it('finds one by email or username, whatever its case', async () => {
    const vendor = await newCaller();
    const user = await vendor.createUser({ email: 'Jane@example.com', username: 'Jane' });
    for (const query of ['email=jane@EXAMPLE.com', 'username=JANE']) {
      const found = await vendor.get(`/users?${query}`);
      assert.deepEqual(found.body, user);
      const etag = found.headers.get('etag') ?? '';
      assert.equal((await vendor.get(`/users?${query}`, { 'if-none-match': etag })).status, 304);
    }
    for (const query of ['email=nobody@example.com', 'username=nobody', "email=' or 1=1 --"]) {
      const { status, body } = await vendor.get(`/users?${query}`);
      assert.deepEqual([status, body['error']], [404, 'not_found']);
    }
  });
});
