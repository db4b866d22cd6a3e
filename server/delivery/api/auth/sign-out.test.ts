import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { createVendor, type TestVendor } from './testing/test-vendor.ts';

describe('POST /1/auth/signout', () => {
  let platform: TestPlatform;
  let vendor: TestVendor;
  before(async () => {
    platform = await startTestPlatform();
    vendor = await createVendor(platform);
  });
  after(() => platform.close());

  it('answers with the user as it is, of either kind', async () => {
    const made = await vendor.createUser();
    const linked = await vendor.createLinkedUser('popup@example.com');
    for (const { id } of [made, linked]) {
      const { status, body } = await vendor.post('/auth/signout', { id });
      assert.equal(status, 200);
      assert.deepEqual(body, (await vendor.call('GET', `/users/${id}`)).body);
    }
  });

  it("does not know other apps' users, nor what is no id", async () => {
    const stranger = await (await createVendor(platform)).createUser();
    for (const id of [stranger.id, 'nobody', '../users']) {
      const { status, body } = await vendor.post('/auth/signout', { id });
      assert.deepEqual([status, body.error], [404, 'not_found']);
    }
    const { body } = await vendor.post('/auth/signout', { id: 'a\u0000b' });
    assert.deepEqual(body.validation_error, [{ parameter: 'id', rule: 'valid_characters' }]);
  });
});
