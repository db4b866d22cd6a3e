import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import type { AppUser } from '#storage/app-users.ts';
import { createTestDatabase, ENGINES, type TestDatabase } from '#storage/testing/engines.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { createVendor, type TestVendor } from './testing/test-vendor.ts';
import { issueCode } from './user-code.ts';

const DAY_MS = 24 * 60 * 60_000;

for (const engine of ENGINES) {
  describe(`POST /1/auth/verify (${engine})`, () => {
    let home: TestDatabase;
    let platform: TestPlatform;
    let vendor: TestVendor;
    before(async () => {
      home = await createTestDatabase(engine);
      const { databaseUrl } = home.settings;
      platform = await startTestPlatform(databaseUrl ? { DATABASE_URL: databaseUrl } : {});
      vendor = await createVendor(platform);
    });
    afterEach(() => mock.timers.reset());
    after(async () => {
      await platform.close();
      await home.remove();
    });
    const verify = (code: unknown, by = vendor) => by.post('/auth/verify', { code });
    const issue = (user: AppUser, purpose: 'verify_email' | 'reset_password' = 'verify_email', by = vendor) => {
      const context = { storage: platform.storage } as Parameters<typeof issueCode>[0]['context'];
      const access = { clientId: by.clientId } as Parameters<typeof issueCode>[0]['access'];
      return issueCode({ access, codes: by.codes, users: by.users, context }, purpose, user, DAY_MS / 1000);
    };
    const assertInvalid = async (code: unknown, by = vendor) => {
      const { status, body } = await verify(code, by);
      assert.deepEqual([status, body.error], [400, 'invalid_code']);
      return body.message;
    };

    it('confirms the address, once', async () => {
      const user = await vendor.createUser({ email: 'ada@example.com' });
      const code = await issue(user);
      const { status, body } = await verify(` ${code} `);
      assert.equal(status, 200);
      assert.deepEqual([body.id, body.is_email_verified], [user.id, true]);
      assert.equal((await vendor.users.find(user.id))?.emailVerified, true);
      assert.equal(await assertInvalid(code), await assertInvalid('unknown'), 'used and unknown read alike');
    });

    it('of 10 at once one succeeds', async () => {
      const code = await issue(await vendor.createUser({ email: 'many@example.com' }));
      const answers = await Promise.all(Array.from({ length: 10 }, () => verify(code)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(9).fill(400)]);
    });

    it('takes a code for 24 hours', async () => {
      const user = await vendor.createUser({ email: 'late@example.com' });
      const code = await issue(user);
      mock.timers.enable({ apis: ['Date'], now: Date.now() + DAY_MS });
      await assertInvalid(code);
      mock.timers.setTime(Date.now() - 60_000);
      assert.equal((await verify(code)).status, 200);
    });

    it('refuses a code of another app or realm, or for something else, and leaves it good', async () => {
      const user = await vendor.createUser({ email: 'grace@example.com' });
      const code = await issue(user);
      for (const environment of ['localhost', 'production'] as const) {
        const other = await createVendor(platform, { environment });
        await assertInvalid(code, other);
        await assertInvalid(await issue(await other.createUser({ email: 'grace@example.com' }), 'verify_email', other));
      }
      await assertInvalid(await issue(user, 'reset_password'));
      assert.equal((await verify(code)).status, 200);
    });

    it('confirms no address but the one that the code went to', async () => {
      const user = await vendor.createUser({ email: 'old@example.com' });
      const code = await issue(user);
      await vendor.users.update(user.id, { email: 'somebody-else@example.com' });
      await assertInvalid(code);
      assert.equal((await vendor.users.find(user.id))?.emailVerified, false);
      await vendor.users.update(user.id, { email: 'OLD@example.com' });
      assert.equal((await verify(code)).status, 200, 'another spelling is the same address');
    });

    it('takes no code that was tampered with', async () => {
      const [ada, eve] = [
        await vendor.createUser({ email: 'victim@example.com' }),
        await vendor.createUser({ email: 'eve@example.com' }),
      ];
      const code = await issue(eve);
      const [, secret, seal] = code.split('.');
      const raw = await vendor.codes.create('verify_email', eve.id, 60);
      const rows: unknown[] = [
        `${ada.id}.${secret}.${seal}`,
        `${eve.id}.${secret}.${'A'.repeat(22)}`,
        `${eve.id}.${raw}.${seal}`,
        raw,
        secret,
        `${code}x`,
        code.slice(0, -1),
        `${code}\u0000`,
        `nobody.${secret}.${seal}`,
        '..',
        'a'.repeat(10_000),
      ];
      for (const row of rows) await assertInvalid(row);
      assert.equal((await vendor.users.find(ada.id))?.emailVerified, false);
      assert.equal((await verify(code)).status, 200);
    });

    it('says what is missing', async () => {
      for (const code of [undefined, null, '', '  ']) {
        assert.deepEqual((await verify(code)).body.validation_error, [{ parameter: 'code', rule: 'required' }]);
      }
    });

    it('knows no code of a user who is gone', async () => {
      const user = await vendor.createUser({ email: 'gone@example.com' });
      const code = await issue(user);
      await vendor.users.delete(user);
      await assertInvalid(code);
    });
  });
}
