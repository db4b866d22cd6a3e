import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import { verifyUserAddressMail } from '#mail/messages.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import type { ApiCall } from '../route.ts';
import { codeIn, createVendor, mailsTo, type TestVendor } from './testing/test-vendor.ts';
import { parseVerifyUrl, sendVerification } from './verification.ts';

describe('the mail that confirms an address', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  function callOf(vendor: TestVendor, body: ApiCall['body'] = {}): ApiCall {
    const { storage } = platform;
    const mailer = { send: (mail: Parameters<typeof storage.mails.add>[0]) => storage.mails.add(mail, false) };
    const { clientId, users, codes } = vendor;
    return { context: { storage, mailer }, access: { clientId }, users, codes, body } as unknown as ApiCall;
  }

  it("links to the vendor's page, whose code confirms the address", async () => {
    const vendor = await createVendor(platform, { name: "Ada's Shop" });
    const user = await vendor.createUser({ email: 'ada@example.com' });
    const call = callOf(vendor);
    await sendVerification(call, user, await parseVerifyUrl(call, `${SHOP_ORIGIN}/confirm?from=mail`));
    const [mail, ...others] = await mailsTo(platform, 'ada@example.com');
    assert.deepEqual(others, []);
    assert.equal(mail?.subject, "Confirm your email address for Ada's Shop");
    assert.match(mail.text, /\n\nhttps:\/\/shop\.example\/confirm\?from=mail&code=[\w.-]+\n\n/);
    const { status, body } = await vendor.post('/auth/verify', { code: codeIn(mail) });
    assert.deepEqual([status, body.id, body.is_email_verified], [200, user.id, true]);
  });

  it('speaks the language of the request', async () => {
    const vendor = await createVendor(platform, { name: 'Bäckerei' });
    const user = await vendor.createUser({ email: 'jan@example.com' });
    await sendVerification(callOf(vendor, { language: 'NL-be' }), user, `${SHOP_ORIGIN}/`);
    assert.equal((await mailsTo(platform, 'jan@example.com'))[0]?.subject, 'Bevestig je e-mailadres voor Bäckerei');
  });

  it('is not sent to those who confirm their address in the popup', async () => {
    const vendor = await createVendor(platform);
    await sendVerification(callOf(vendor), await vendor.createLinkedUser('popup@example.com'), `${SHOP_ORIGIN}/`);
    assert.deepEqual(await mailsTo(platform, 'popup@example.com'), []);
  });
});

describe('verifyUserAddressMail', () => {
  const link = 'https://shop.example/confirm?code=a.b.c';
  const mailed = { link, lifetimeSeconds: 24 * 60 * 60 };
  const subjects = new Set<string>();
  for (const { tag } of LANGUAGES) {
    it(`names the app and no platform in ${tag}, with the link alone in its line`, () => {
      const mail = verifyUserAddressMail('ada@example.com', [tag], 'Shop & Söhne', mailed);
      assert.ok(mail.subject.includes('Shop & Söhne') && mail.text.includes('Shop & Söhne'));
      assert.ok(mail.text.split('\n').includes(link));
      assert.match(mail.text, /24/);
      assert.ok(!/[<>{}]|undefined|platform/i.test(mail.subject + mail.text));
      subjects.add(mail.subject);
    });
  }

  it('is in no two languages alike', () => assert.equal(subjects.size, LANGUAGES.length));

  it('lets the name of an app begin no line, header or direction of its own', () => {
    const name = 'Shop\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example\u2028\u2029\u202egnihsihp\u0000';
    const { subject, text } = verifyUserAddressMail('ada@example.com', [], name, mailed);
    assert.equal(subject, 'Confirm your email address for Shop Bcc: eve@evil.example https://evil.example gnihsihp');
    assert.deepEqual(
      text.split('\n').filter((line) => /^(Bcc|https?:)/.test(line)),
      [link],
    );
  });
});
