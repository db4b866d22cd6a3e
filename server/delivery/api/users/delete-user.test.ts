import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachPlatform } from '#testing/each-platform.ts';

onEachPlatform(
  'DELETE /1/users/:id',
  ({ newCaller }) => {
    it('returns the deleted user, who no longer exists then', async () => {
      const vendor = await newCaller();
      const user = await vendor.createUser({ email: 'jane@example.com', username: 'jane' });
      const { status, body } = await vendor.delete(`/users/${user.id}`);
      assert.equal(status, 200);
      assert.deepEqual(body, user);
      for (const again of [vendor.get(`/users/${user.id}`), vendor.delete(`/users/${user.id}`)]) {
        assert.equal((await again).status, 404);
      }
      const anew = await vendor.createUser({ email: 'jane@example.com', username: 'jane' });
      assert.notEqual(anew.id, user.id);
    });

    it('refuses an outdated If-Match', async () => {
      const vendor = await newCaller();
      const { id } = await vendor.createUser();
      const etag = (await vendor.get(`/users/${id}`)).headers.get('etag') ?? '';
      await vendor.put(`/users/${id}`, { roles: 'vip' });
      const refused = await vendor.delete(`/users/${id}`, { 'if-match': etag });
      assert.deepEqual([refused.status, refused.body['error']], [412, 'precondition_failed']);
      const latest = (await vendor.get(`/users/${id}`)).headers.get('etag') ?? '';
      assert.equal((await vendor.delete(`/users/${id}`, { 'if-match': latest })).status, 200);
    });

    it('does not find users of another app', async () => {
      const [vendor, other] = [await newCaller(), await newCaller()];
      const { id } = await other.createUser();
      assert.equal((await vendor.delete(`/users/${id}`)).status, 404);
      assert.equal((await other.get(`/users/${id}`)).status, 200);
    });
  },
  ['SQLite'],
);
