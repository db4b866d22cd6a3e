import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MANAGEMENT_SCOPES } from '#storage/management-keys.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { MANAGEMENT_BASE } from './route.ts';
import { MANAGEMENT_ROUTES } from './routes.ts';
import { Backend } from './testing/backend.ts';

// Generic over the table of calls, so that a new one is covered as soon as it is there.

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '1000000' });
});
after(() => platform.close());

const SOMEBODY = 'lFVofRqhZ8KxW2mD4tQyNA';
const pathOf = (path: string, id = SOMEBODY) => path.replaceAll(/:\w+/g, id);

for (const { operation, method, path, scope, body } of MANAGEMENT_ROUTES) {
  describe(`${operation}`, () => {
    const send = (backend: Backend, id?: string) =>
      backend.send(method, pathOf(path, id), body && !body.contract ? { body: body.example } : {});
    const statusOf = async (backend: Backend) => {
      const { status, json } = await send(backend);
      return [status, json['error']];
    };

    it('is refused without a key, and with one that does not work', async () => {
      const url = `${platform.url}${MANAGEMENT_BASE}${pathOf(path)}`;
      const refused = async (headers: Record<string, string>) => {
        const response = await fetch(url, { method, headers });
        const { error } = (await response.json()) as { error: string };
        return [response.status, error, response.headers.get('www-authenticate')];
      };
      const challenge = 'Bearer realm="management API"';
      assert.deepEqual(await refused({}), [401, 'missing_management_key', challenge]);
      assert.deepEqual(await refused({ authorization: 'Basic bWtfOg==' }), [401, 'missing_management_key', challenge]);
      const { apiKey } = await platform.createApp();
      for (const key of ['mk_live_wrong', apiKey])
        assert.deepEqual(await refused({ 'x-api-key': key }), [401, 'invalid_management_key', challenge]);
      const { key } = await Backend.create(platform);
      assert.deepEqual(await refused({ 'x-api-key': key, authorization: `Bearer ${key}` }), [
        400,
        'invalid_request',
        null,
      ]);
    });

    it('is refused with a key that is revoked or has expired, which is told apart from no other', async () => {
      const revoked = await Backend.create(platform);
      await platform.storage.managementKeys.revoke(revoked.keyId);
      assert.deepEqual(await statusOf(revoked), [401, 'invalid_management_key']);
      const expired = await Backend.create(platform, 'production', { expiresAt: new Date(Date.now() - 1) });
      assert.deepEqual(await statusOf(expired), [401, 'invalid_management_key']);
    });

    it('is refused from another network, and without its scope, which the audit log notes', async () => {
      const elsewhere = await Backend.create(platform, 'production', { addressRanges: ['203.0.113.0/24'] });
      assert.deepEqual(await statusOf(elsewhere), [403, 'address_not_allowed']);
      const others = MANAGEMENT_SCOPES.filter((one) => one !== scope);
      const without = await Backend.create(platform, 'production', { scopes: others });
      assert.deepEqual(await statusOf(without), [403, 'missing_scope']);
      assert.deepEqual(await without.acts(), [['management_key.refused', undefined]]);
      const alone = await Backend.create(platform, 'sandbox', { scopes: [scope] });
      assert.notEqual((await send(alone)).status, 403);
    });

    if (path.includes(':id') && path.startsWith('/accounts'))
      it('finds nobody of the other realm, and nobody of a vendor’s app in the sandbox', async () => {
        const [live, test] = [await Backend.create(platform), await Backend.create(platform, 'sandbox')];
        const { appId } = await platform.createApp();
        const accounts = (realm: 'production' | 'sandbox') => platform.storage.realm(realm).accounts;
        const person = { email: 'hidden@example.com' };
        const strangers: [Backend, { id: string }][] = [
          [test, await accounts('production').create(person)],
          [live, await accounts('sandbox').create(person)],
          [test, await accounts('sandbox').create({ ...person, appId })],
          [test, await accounts('sandbox').create({ ...person, persona: 'copy', browserHash: operation })],
        ];
        for (const [backend, { id }] of strangers) {
          const { status, text } = await send(backend, id);
          assert.equal(status, 404, text);
          assert.ok(!text.includes('hidden'));
        }
      });
  });
}

describe('the management API', () => {
  it('counts the calls of each key by itself', async () => {
    const small = await startTestPlatform({ API_QUOTA_PER_HOUR: '2' });
    try {
      const [one, other] = [await Backend.create(small), await Backend.create(small)];
      assert.deepEqual([(await one.get('/accounts')).status, (await one.get('/accounts')).status], [200, 200]);
      const refused = await one.get('/accounts');
      assert.deepEqual([refused.status, refused.json['error']], [429, 'too_many_requests']);
      assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
      assert.match(refused.headers.get('ratelimit') ?? '', /^"hour";r=0;t=\d+$/);
      assert.equal((await other.get('/accounts')).status, 200);
    } finally {
      await small.close();
    }
  });

  it('answers calls that there are not in its own form, or as RFC 9457 asks', async () => {
    const backend = await Backend.create(platform);
    assert.deepEqual([(await backend.get('/nothing')).status, (await backend.get('/')).status], [404, 404]);
    const { status, headers } = await backend.send('PUT', '/accounts');
    assert.equal(status, 405);
    assert.match(headers.get('allow') ?? '', /\bGET\b/);
    const problem = await backend.get('/accounts/nobody', { headers: { accept: 'application/problem+json' } });
    assert.match(problem.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(problem.json['title'], 'not found');
  });

  it('notes who searched and whom somebody read, by the hour, and nothing of what was looked for', async () => {
    const backend = await Backend.create(platform);
    const { id } = await platform.storage.realm('production').accounts.create({ email: 'read@example.com' });
    for (let count = 0; count < 3; count += 1) await backend.get(`/accounts/${id}`);
    await backend.get('/accounts?email=read@example.com');
    const entries = await platform.storage.auditLog.list({ actor: `management-key:${backend.keyId}` });
    assert.deepEqual(
      entries.map(({ act, subject, detail }) => [act, subject, detail?.['count'], detail?.['by']]).sort(),
      [
        ['account.read', `account:${id}`, 3, undefined],
        ['account.searched', undefined, 1, 'email'],
      ],
    );
    assert.ok(!JSON.stringify(entries).includes('read@example.com'));
  });
});
