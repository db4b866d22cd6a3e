import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { createTestDatabase, ENGINES, type TestDatabase } from '#storage/testing/engines.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { codeIn, createVendor, mailsTo, PASSWORD, type TestVendor } from './testing/test-vendor.ts';

const NEW_PASSWORD = 'another-Fine-one-42';

for (const engine of ENGINES) {
  describe(`POST /1/auth/reset-password (${engine})`, () => {
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
    const reset = (code: string, password = NEW_PASSWORD, more: object = {}, by = vendor) =>
      by.post('/auth/reset-password', { code, password, ...more });
    const signIn = async (email: string, password: string) =>
      (await vendor.post('/auth/signin', { signin_id: email, password, create_token: true })).body;
    const mailedCode = async (email: string) => {
      await vendor.post('/auth/forgot-password', { email });
      return codeIn((await mailsTo(platform, email))[0]);
    };
    const assertInvalid = async (answer: ReturnType<typeof reset>) => {
      const { status, body } = await answer;
      assert.deepEqual([status, body.error], [400, 'invalid_code']);
    };

    it('sets the password; the old one, the code, and unused tokens are over', async () => {
      const { id } = await vendor.createUser({ email: 'ada@example.com' });
      const { token } = await signIn('ada@example.com', PASSWORD);
      const code = await mailedCode('ada@example.com');
      const { status, body } = await reset(code, NEW_PASSWORD, { password_confirmation: NEW_PASSWORD });
      assert.deepEqual([status, body.id], [200, id]);
      assert.equal((await signIn('ada@example.com', NEW_PASSWORD)).id, id);
      assert.equal((await signIn('ada@example.com', PASSWORD)).error, 'invalid_credentials');
      assert.equal((await vendor.call('GET', `/tokens/${token}`)).status, 404);
      await assertInvalid(reset(code));
    });

    it('lets a user in again who was slowed down after too many wrong passwords', async () => {
      await vendor.createUser({ email: 'slow@example.com', username: 'slow' });
      for (const signinId of ['slow@example.com', 'slow']) {
        for (let guess = 0; guess < 11; guess += 1) await signIn(signinId, 'wrong');
      }
      assert.equal((await reset(await mailedCode('slow@example.com'))).status, 200);
      for (const signinId of ['slow@example.com', 'slow']) assert.ok((await signIn(signinId, NEW_PASSWORD)).id);
    });

    it('revokes the other codes', async () => {
      await vendor.createUser({ email: 'two@example.com' });
      const [first, second] = [await mailedCode('two@example.com'), await mailedCode('two@example.com')];
      assert.equal((await reset(second)).status, 200);
      await assertInvalid(reset(first));
    });

    it('of 10 at once one succeeds, and its password counts', async () => {
      await vendor.createUser({ email: 'many@example.com' });
      const code = await mailedCode('many@example.com');
      const passwords = Array.from({ length: 10 }, (_, index) => `${NEW_PASSWORD}-${index}`);
      const answers = await Promise.all(passwords.map((password) => reset(code, password)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array(9).fill(400)]);
      const winner = passwords[answers.findIndex(({ status }) => status === 200)] ?? '';
      assert.ok((await signIn('many@example.com', winner)).id);
    });

    it('leaves the code as it is when the password does not meet its rules', async () => {
      await vendor.createUser({ email: 'Picky@example.com', username: 'picky.person' });
      const code = await mailedCode('Picky@example.com');
      const rows: [password: string, rules: string[], more?: object][] = [
        ['sh0rt-!', ['min_length[8]']],
        ['x'.repeat(129), ['max_length[128]']],
        ['password1', ['uncommon_password']],
        ['PICKY@example.com', ['cant_match[email]']],
        ['Picky.Person', ['cant_match[username]']],
        // What the request says about the user is not what counts.
        ['picky.person', ['cant_match[username]'], { username: 'somebody', email: 'else@example.com' }],
      ];
      for (const [password, rules, more] of rows) {
        const { status, body } = await reset(code, password, more);
        assert.equal(status, 400);
        assert.deepEqual(
          body.validation_error,
          rules.map((rule) => ({ parameter: 'password', rule })),
        );
      }
      assert.deepEqual((await reset(code, NEW_PASSWORD, { password_confirmation: 'other' })).body.validation_error, [
        { parameter: 'password_confirmation', rule: 'matches[password]' },
      ]);
      assert.ok((await signIn('Picky@example.com', PASSWORD)).id);
      assert.equal((await reset(code)).status, 200);
    });

    it('tells nothing about a user to those without a code', async () => {
      const { id } = await vendor.createUser({ email: 'secret@example.com', username: 'secretive' });
      const forged = `${id}.${'a'.repeat(32)}.${'a'.repeat(22)}`;
      for (const password of ['Orchid-lamp-43', 'secret@example.com', NEW_PASSWORD])
        await assertInvalid(reset(forged, password));
    });

    it('takes a code for an hour', async () => {
      await vendor.createUser({ email: 'late@example.com' });
      const code = await mailedCode('late@example.com');
      mock.timers.enable({ apis: ['Date'], now: Date.now() + 60 * 60_000 });
      await assertInvalid(reset(code));
      mock.timers.setTime(Date.now() - 60_000);
      assert.equal((await reset(code)).status, 200);
    });

    it('refuses codes of other apps, realms and purposes, to old addresses, and of the inactive', async () => {
      const user = await vendor.createUser({ email: 'grace@example.com' });
      const code = await mailedCode('grace@example.com');
      for (const environment of ['localhost', 'production'] as const) {
        const other = await createVendor(platform, { environment });
        await other.createUser({ email: 'grace@example.com' });
        await assertInvalid(reset(code, NEW_PASSWORD, {}, other));
      }
      await assertInvalid(reset(await vendor.codes.create('verify_email', user.id, 60)));
      await vendor.users.update(user.id, { email: 'moved@example.com' });
      await assertInvalid(reset(code));
      await vendor.users.update(user.id, { email: 'grace@example.com', active: false });
      await assertInvalid(reset(code));
      await vendor.users.update(user.id, { active: true });
      assert.equal((await reset(code)).status, 200);
    });

    it('says what is missing', async () => {
      assert.deepEqual(
        (await vendor.post('/auth/reset-password', { password_confirmation: 'x' })).body.validation_error,
        [
          { parameter: 'code', rule: 'required' },
          { parameter: 'password', rule: 'required' },
          { parameter: 'password_confirmation', rule: 'matches[password]' },
        ],
      );
    });
  });
}
