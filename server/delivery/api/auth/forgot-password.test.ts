import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import { resetUserPasswordMail } from '#mail/messages.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { codeIn, createVendor, mailsTo, type TestVendor } from './testing/test-vendor.ts';

const RESET_URL = `${SHOP_ORIGIN}/new-password`;

describe('POST /1/auth/forgot-password', () => {
  let platform: TestPlatform;
  let vendor: TestVendor;
  before(async () => {
    platform = await startTestPlatform({ PLATFORM_NAME: 'Grand Hall' });
    vendor = await createVendor(platform, { name: 'Shop\r\nBcc: eve@evil.example' });
  });
  after(() => platform.close());
  const forgot = (email: string, more: object = {}, by = vendor) =>
    by.post('/auth/forgot-password', { email, ...more });
  const mails = (address: string) => mailsTo(platform, address);

  it("mails a link to the vendor's page, and says that the vendor writes", async () => {
    await vendor.createUser({ email: 'Ada@example.com' });
    const { status, body } = await forgot(' ADA@example.com ', { reset_url: RESET_URL });
    assert.deepEqual([status, body], [200, { sent: true }]);
    const [mail, ...others] = await mails('Ada@example.com');
    assert.deepEqual(others, []);
    const seen = (words = '') => words.replaceAll('\u200b', '');
    assert.equal(seen(mail?.subject), 'Choose a new password for the shop “Shop Bcc: eve@evil.example”');
    assert.ok(mail);
    assert.match(mail.text, /\n\nhttps:\/\/shop\.example\/new-password\?code=[\w.-]+\n\n/);
    assert.ok(!/^Bcc/m.test(mail.text + mail.subject));
    assert.match(seen(mail.text), /\n\nGrand Hall sends this message for the shop “Shop Bcc: eve@evil\.example”/);
    assert.ok(codeIn(mail));
  });

  it('mails the code itself when there is no page for it, in the language asked for', async () => {
    await vendor.createUser({ email: 'hans@example.com' });
    await forgot('hans@example.com', { language: 'de-AT' });
    const [mail] = await mails('hans@example.com');
    assert.match(mail?.subject ?? '', /^Wählen Sie ein neues Passwort für den Shop „Shop/);
    assert.ok(!/https?:/.test(mail?.text ?? ''));
    const password = 'a fine new Passw0rd';
    assert.equal((await vendor.post('/auth/reset-password', { code: codeIn(mail), password })).status, 200);
  });

  it('answers alike and mails nothing when there is nobody to mail', async () => {
    const off = await vendor.createUser({ email: 'off@example.com' });
    await vendor.users.update(off.id, { active: false });
    await vendor.createLinkedUser('popup@example.com');
    await (await createVendor(platform)).createUser({ email: 'elsewhere@example.com' });
    await vendor.createUser({ email: 'known@example.com' });
    const known = await forgot('known@example.com');
    const shown = ({ headers }: typeof known) => [...headers.keys()].filter((name) => name !== 'date');
    for (const name of ['nobody', 'off', 'popup', 'elsewhere']) {
      const answer = await forgot(`${name}@example.com`);
      assert.deepEqual([answer.status, answer.body], [known.status, known.body]);
      assert.deepEqual(shown(answer), shown(known));
      assert.deepEqual(await mails(`${name}@example.com`), []);
    }
    assert.equal((await mails('known@example.com')).length, 1);
  });

  it('takes a whole number of steps of time in either case', async () => {
    await vendor.createUser({ email: 'timed@example.com' });
    const durationMs = async (email: string) => {
      const startedAt = performance.now();
      await forgot(email);
      return performance.now() - startedAt;
    };
    for (const email of ['timed@example.com', 'untimed@example.com']) {
      assert.ok((await durationMs(email)) >= 249, email);
    }
  });

  it('mails a user 3 times an hour at most, whoever asks, and answers as before', async () => {
    await vendor.createUser({ email: 'eve@example.com' });
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => forgot(index % 2 ? 'eve@example.com' : 'EVE@example.com')),
    );
    for (const { status, body } of answers) assert.deepEqual([status, body], [200, { sent: true }]);
    assert.equal((await mails('eve@example.com')).length, 3);
    const other = await createVendor(platform);
    await other.createUser({ email: 'eve@example.com' });
    await forgot('eve@example.com', {}, other);
    assert.equal((await mails('eve@example.com')).length, 4, 'another app is not bothered');
  });

  it('links nowhere but to registered origins, known user or not', async () => {
    await vendor.createUser({ email: 'linked@example.com' });
    const urls = ['https://evil.example/', 'https://shop.example.evil.example/', 'javascript:alert(1)', '/x'];
    for (const url of [...urls, 'https://shop.example@evil.example/']) {
      for (const email of ['linked@example.com', 'nobody@example.com']) {
        const { status, body } = await forgot(email, { reset_url: url });
        assert.deepEqual([status, body.error], [400, 'reset_url_not_allowed']);
        assert.match(body.message, /https:\/\/shop\.example\./);
      }
    }
    assert.deepEqual(await mails('linked@example.com'), []);
  });

  it('checks its parameters', async () => {
    const { body } = await vendor.post('/auth/forgot-password', {
      email: 'ada@example.com\r\nBcc: eve@evil.example',
      language: 'x\r\ny',
    });
    assert.deepEqual(body.validation_error, [
      { parameter: 'email', rule: 'valid_email' },
      { parameter: 'language', rule: 'valid_characters' },
    ]);
    assert.equal((await vendor.post('/auth/forgot-password', {})).body.validation_error[0].rule, 'required');
  });
});

describe('resetUserPasswordMail', () => {
  const subjects = new Set<string>();
  for (const { tag } of LANGUAGES) {
    it(`names the app in ${tag}, with the link or the code alone in its line`, () => {
      for (const way of [{ link: 'https://shop.example/?code=a.b.c' }, { code: 'aaa.bbb.ccc' }]) {
        const { subject, text } = resetUserPasswordMail(
          'ada@example.com',
          pickLanguage([tag]),
          { app: 'Shop & Söhne', platform: 'Acme' },
          {
            ...way,
            lifetimeSeconds: 60 * 60,
          },
        );
        assert.ok(subject.includes('Shop & Söhne') && text.includes('Shop & Söhne'));
        assert.ok(text.split('\n').includes(Object.values(way)[0] ?? ''));
        assert.ok(text.split('\n\n').at(-1)?.includes('Acme') && !subject.includes('Acme'));
        assert.ok(!/[<>{}]|undefined/i.test(subject + text));
        subjects.add(subject);
      }
    });
  }

  it('is in no two languages alike', () => assert.equal(subjects.size, LANGUAGES.length));
});
