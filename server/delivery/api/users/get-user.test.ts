import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachPlatform } from '#testing/each-platform.ts';

onEachPlatform(
  'GET /1/users/:id',
  ({ newCaller }) => {
    it('answers 304 to who has it already, and anew once it changed', async () => {
      const vendor = await newCaller();
      const { id } = await vendor.createUser();
      const first = await vendor.get(`/users/${id}`);
      const etag = first.headers.get('etag') ?? '';
      assert.match(etag, /^"[\w-]+"$/);
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const { status, text, headers } = await vendor.get(`/users/${id}`, { 'if-none-match': known });
        assert.deepEqual([status, text, headers.get('etag')], [304, '', etag]);
      }
      assert.equal((await vendor.get(`/users/${id}`, { 'if-none-match': '"other"' })).status, 200);
      await vendor.put(`/users/${id}`, { roles: 'vip' });
      const second = await vendor.get(`/users/${id}`, { 'if-none-match': etag });
      assert.equal(second.status, 200);
      assert.notEqual(second.headers.get('etag'), etag);
    });

    it('answers HEAD alike, without the body', async () => {
      const vendor = await newCaller();
      const { id } = await vendor.createUser();
      const { status, text, headers } = await vendor.send('HEAD', `/users/${id}`);
      assert.deepEqual([status, text], [200, '']);
      assert.equal(headers.get('etag'), (await vendor.get(`/users/${id}`)).headers.get('etag'));
    });

    const ids: [id: string, status: number][] = [
      ['lFVofRqhZ8KxW2mD4tQyNA', 404],
      ['unknown', 404],
      ['a%00b', 400],
      ['not%20an%20id', 400],
      ["'%20or%201=1", 400],
      ['..%2f..%2fsecrets', 400],
      ['a'.repeat(65), 400],
      ['a'.repeat(200), 404],
    ];
    for (const [id, status] of ids) {
      it(`answers ${status} to ${id}`, async () => {
        const answer = await (await newCaller()).get(`/users/${id}`);
        assert.deepEqual(
          [answer.status, answer.body['error']],
          [status, status === 404 ? 'not_found' : 'invalid_request'],
        );
      });
    }
  },
  ['SQLite'],
);
