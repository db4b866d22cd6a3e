import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { type Answer, Backend } from '../testing/backend.ts';

describe('the search for accounts by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
    backend = await Backend.create(platform);
  });
  after(() => platform.close());

  const create = (account: Parameters<ReturnType<TestPlatform['storage']['realm']>['accounts']['create']>[0]) =>
    platform.storage.realm('production').accounts.create(account);
  const dataOf = ({ json }: Answer) => json['data'] as Record<string, unknown>[];
  const idsOf = (answer: Answer) => dataOf(answer).map(({ id }) => id);

  it('pages through all of them, newest first, by links that lead to the end', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await create({ givenName: 'Page' })).id);
    const seen: unknown[] = [];
    for (let url: string | null = '/accounts?limit=2', pages = 0; url !== null; pages += 1) {
      const answer: Answer = await backend.get(url);
      assert.equal(answer.status, 200, answer.text);
      seen.push(...idsOf(answer));
      url = answer.json['next'] as string | null;
      assert.equal(answer.json['has_more'], url !== null);
      assert.equal(answer.headers.get('link'), url && `<${url}>; rel="next"`);
      assert.ok(pages < 10);
    }
    assert.deepEqual([...seen].sort(), ids.sort());
    assert.equal(new Set(seen).size, 5);
  });

  it('finds by address, name, phone number and the id elsewhere', async () => {
    const { id } = await create({
      ...{ email: 'Zoë+list@example.com', emailVerified: true, givenName: 'Zoë', familyName: 'Łukasiewicz' },
      phoneNumber: '+31 20 555 0142',
    });
    for (const query of [
      'email=zo%C3%AB%2Blist%40EXAMPLE.com',
      'name=lukas',
      'name=ZOE',
      'phone_number=%2B31205550142',
    ]) {
      const answer = await backend.get(`/accounts?${query}`);
      assert.deepEqual([answer.status, idsOf(answer), answer.json['next']], [200, [id], null], query);
    }
    for (const query of ['email=nobody@example.com', 'name=ukas', 'phone_number=%2B31205550143', 'external_id=nobody'])
      assert.deepEqual(idsOf(await backend.get(`/accounts?${query}`)), [], query);
  });

  it('goes on with a search that has more than one page', async () => {
    for (const givenName of ['Quentin', 'Quinn', 'Quirin']) await create({ givenName });
    const first = await backend.get('/accounts?name=qui&limit=1');
    const second = await backend.get(String(first.json['next']));
    assert.deepEqual(
      [first, second].flatMap(dataOf).map(({ given_name: name }) => name),
      ['Quinn', 'Quirin'],
    );
    assert.equal(second.json['next'], null);
  });

  it('refuses what it cannot mean', async () => {
    const { json } = await backend.get('/accounts?name=qui&limit=1');
    const cursor = new URL(String(json['next'])).searchParams.get('cursor');
    const forged = Buffer.from(JSON.stringify({ list: 'created', key: '\0', id: '' })).toString('base64url');
    const refused = [
      ...[
        'limit=0',
        'limit=101',
        'limit=1&limit=2',
        'limit[]=1',
        'email=',
        'email=a%00b',
        'email=%ff',
        'emial=a@b.example',
      ],
      ...[
        'email=a+b@example.com',
        'email=a@b.example&name=a',
        'phone_number=12',
        `cursor=${cursor}`,
        'cursor=x',
        `cursor=${forged}`,
      ],
      ...[`cursor=${'x'.repeat(501)}`, `name=${'x'.repeat(255)}`, '__proto__=1'],
    ];
    for (const query of refused) {
      const answer = await backend.get(`/accounts?${query}`);
      assert.deepEqual([answer.status, answer.json['error']], [400, 'invalid_request'], query);
    }
  });

  it('reads one, with a tag by which an unchanged one is not sent again', async () => {
    const { id } = await create({
      email: 'one@example.com',
      givenName: 'Ada',
      birthdate: '1990-05-17',
      passwordHash: 'secret-hash',
    });
    const answer = await backend.get(`/accounts/${id}`);
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.includes('secret-hash'));
    const { created_at: createdAt, updated_at: updatedAt, ...rest } = answer.json;
    assert.ok(createdAt && updatedAt);
    assert.deepEqual(rest, {
      ...{ id, external_id: null, name: 'Ada', given_name: 'Ada', family_name: null, email: 'one@example.com' },
      ...{ email_verified: false, phone_number: null, phone_number_verified: false, address: null },
      ...{
        birthdate: '1990-05-17',
        locale: null,
        picture: null,
        has_password: true,
        blocked: false,
        deletion_due_at: null,
      },
    });
    const etag = answer.headers.get('etag') ?? '';
    const unchanged = await backend.get(`/accounts/${id}`, { headers: { 'if-none-match': etag } });
    assert.deepEqual([unchanged.status, unchanged.text], [304, '']);
    for (const nobody of ['nobody', '%00', id.slice(1)])
      assert.equal((await backend.get(`/accounts/${nobody}`)).status, 404, nobody);
  });
});
