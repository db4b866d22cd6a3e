import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { createVendor, PASSWORD, type TestVendor } from './testing/test-vendor.ts';

describe('POST /1/auth/confirm', () => {
  let platform: TestPlatform;
  let vendor: TestVendor;
  before(async () => {
    platform = await startTestPlatform();
    vendor = await createVendor(platform);
  });
  after(() => platform.close());
  const confirm = (id: string, password: string, by = vendor) => by.post('/auth/confirm', { id, password });

  it('says whether it is the password, and changes nothing', async () => {
    const { id } = await vendor.createUser();
    const before = (await vendor.call('GET', `/users/${id}`)).body;
    assert.deepEqual((await confirm(id, PASSWORD)).body, { confirmed: true });
    assert.deepEqual((await confirm(id, 'wrong')).body, { confirmed: false });
    assert.deepEqual((await vendor.call('GET', `/users/${id}`)).body, before);
  });

  it('never confirms the inactive, nor those who have their password elsewhere', async () => {
    const inactive = await vendor.createUser({ email: 'off@example.com' });
    await vendor.users.update(inactive.id, { active: false });
    const linked = await vendor.createLinkedUser('popup@example.com');
    for (const { id } of [inactive, linked]) {
      const { status, body } = await confirm(id, PASSWORD);
      assert.deepEqual([status, body], [200, { confirmed: false }]);
    }
  });

  it('does not know users of others', async () => {
    const { id } = await vendor.createUser({ email: 'grace@example.com' });
    for (const environment of ['localhost', 'production'] as const) {
      const { status, body } = await confirm(id, PASSWORD, await createVendor(platform, { environment }));
      assert.deepEqual([status, body.error], [404, 'not_found']);
    }
  });

  it('lets 10 wrong ones through, even at once', async () => {
    const { id } = await vendor.createUser({ email: 'eve@example.com' });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => confirm(id, `wrong-${index}`)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 10);
    const late = await confirm(id, PASSWORD);
    assert.deepEqual([late.status, late.body.error], [429, 'too_many_attempts']);
    assert.ok(Number(late.headers.get('retry-after')) > 0);
  });
});
