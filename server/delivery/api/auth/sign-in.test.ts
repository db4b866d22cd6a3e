import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { createVendor, PASSWORD, type TestVendor } from './testing/test-vendor.ts';

describe('POST /1/auth/signin', () => {
  let platform: TestPlatform;
  let vendor: TestVendor;
  before(async () => {
    platform = await startTestPlatform();
    vendor = await createVendor(platform);
    await vendor.createUser({ email: 'Ada@Example.com', username: 'ada.L', firstName: 'Ada' });
  });
  after(() => platform.close());
  const signIn = (signin_id: unknown, password: unknown, more: object = {}, by = vendor) =>
    by.post('/auth/signin', { signin_id, password, ...more });

  for (const signinId of ['Ada@Example.com', 'ada@example.com', ' ADA@EXAMPLE.COM ', 'ada.L', 'ADA.l']) {
    it(`signs in as ${JSON.stringify(signinId)}, and moves last_signin`, async () => {
      const earliest = Date.now();
      const { status, body, headers } = await signIn(signinId, PASSWORD);
      assert.equal(status, 200);
      assert.equal(body.email, 'Ada@Example.com');
      assert.equal(body.username, 'ada.L');
      assert.ok(Date.parse(body.last_signin) >= earliest);
      assert.equal(headers.get('cache-control'), 'private, no-cache');
      assert.ok(!('token' in body) && !JSON.stringify(body).includes('argon2'));
      assert.equal((await vendor.call('GET', `/users/${body.id}`)).body.last_signin, body.last_signin);
    });
  }

  it('accepts a form, too', async () => {
    const response = await fetch(`${platform.url}/1/auth/signin`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${vendor.apiKey}:`)}` },
      body: new URLSearchParams({ signin_id: 'ada.l', password: PASSWORD, create_token: 'true' }),
    });
    assert.equal(response.status, 200);
    assert.match(((await response.json()) as { token: string }).token, /^[\w-]{32}$/);
  });

  it('refuses an unknown user, a wrong password, an inactive user and users from the popup with the same message', async () => {
    await vendor.createUser({ email: 'off@example.com', username: 'off' });
    const off = await vendor.users.findByUsername('off');
    await vendor.users.update(off?.id ?? '', { active: false });
    await vendor.createLinkedUser('popup@example.com');
    const refusals = [
      await signIn('nobody@example.com', PASSWORD),
      await signIn('nobody', PASSWORD),
      await signIn('ada@example.com', 'wrong'),
      await signIn('ada@example.com', ` ${PASSWORD}`),
      await signIn('ada@example.com', 'x'.repeat(10_000)),
      await signIn('off@example.com', PASSWORD),
      await signIn('popup@example.com', PASSWORD),
      await signIn("' OR 1=1 --", PASSWORD),
    ];
    for (const { status, body } of refusals) {
      assert.equal(status, 400);
      assert.equal(body.error, 'invalid_credentials');
      assert.deepEqual(body, refusals[0]?.body);
    }
    assert.equal(off?.lastSigninAt, undefined);
  });

  it("knows no other app's users, nor those of another realm", async () => {
    for (const environment of ['localhost', 'production'] as const) {
      const other = await createVendor(platform, { environment });
      const { status, body } = await signIn('ada@example.com', PASSWORD, {}, other);
      assert.deepEqual([status, body.error], [400, 'invalid_credentials']);
    }
  });

  it('says which parameters are missing or no text', async () => {
    assert.deepEqual((await vendor.post('/auth/signin', {})).body, {
      error: 'validation_error',
      status: 400,
      validation_error: [
        { parameter: 'signin_id', rule: 'required' },
        { parameter: 'password', rule: 'required' },
      ],
    });
    for (const signinId of ['a\u0000b', { $ne: '' }, 'a\ud800']) {
      const { status, body } = await signIn(signinId, PASSWORD);
      assert.equal(status, 400);
      assert.deepEqual(body.validation_error, [{ parameter: 'signin_id', rule: 'valid_characters' }]);
    }
  });

  it('lets 10 guesses through, even at once, and no more, however it is written and whoever it is', async () => {
    const { users: _users, ...other } = await createVendor(platform);
    await vendor.createUser({ email: 'eve@example.com' });
    for (const signinId of ['eve@example.com', 'nobody-guessed@example.com']) {
      const answers = await Promise.all(
        Array.from({ length: 14 }, (_, index) =>
          signIn(index % 2 ? signinId : signinId.toUpperCase(), `wrong-${index}`),
        ),
      );
      assert.equal(answers.filter(({ body }) => body.error === 'invalid_credentials').length, 10);
      const late = answers.filter(({ status }) => status === 429);
      assert.equal(late.length, 4);
      for (const { headers, body } of late) {
        assert.equal(body.error, 'too_many_attempts');
        const seconds = Number(headers.get('retry-after'));
        assert.ok(seconds > 0 && seconds <= 10, `${seconds}`);
      }
      // One of the four was still looked at, so the next has to wait some seconds. Each wait is longer than the one before.
      assert.equal((await signIn(signinId, PASSWORD)).status, 429);
    }
    const elsewhere = await other.post('/auth/signin', { signin_id: 'eve@example.com', password: 'x' });
    assert.equal(elsewhere.status, 400, 'another app is not bothered');
  });

  it('is no way to lock a user out: after ten wrong passwords, the right one is right', async () => {
    await vendor.createUser({ email: 'victim@example.com' });
    for (let guess = 0; guess < 10; guess += 1) await signIn('victim@example.com', `wrong-${guess}`);
    assert.equal((await signIn('victim@example.com', PASSWORD)).status, 200);
  });

  it('restarts the count after a success', async () => {
    await vendor.createUser({ email: 'forgetful@example.com' });
    for (let round = 0; round < 2; round += 1) {
      for (let guess = 0; guess < 9; guess += 1) await signIn('forgetful@example.com', 'wrong');
      assert.equal((await signIn('forgetful@example.com', PASSWORD)).status, 200);
    }
  });
});
