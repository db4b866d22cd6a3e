import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import { verifyUserAddressMail } from '#mail/messages.ts';
import { MailLimits } from '#outbox/mail-limits.ts';
import { Outbox } from '#outbox/outbox.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import type { ApiCall } from '../route.ts';
import { admitMail } from './admit-mail.ts';
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
    const mailer = new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined });
    const { clientId, appId, users, codes } = vendor;
    const context = { storage, mailer, config: { platformName: 'Acme' } };
    return { context, access: { clientId, appId, realm: 'sandbox' }, users, codes, body } as unknown as ApiCall;
  }

  async function verify(call: ApiCall, { id }: { id: string }, url: string): Promise<void> {
    const user = await call.users.find(id);
    assert.ok(user?.email);
    await sendVerification(call, { ...user, email: user.email }, url, await admitMail(call, user.email));
  }

  it("links to the vendor's page, whose code confirms the address", async () => {
    const vendor = await createVendor(platform, { name: "Ada's Shop" });
    const user = await vendor.createUser({ email: 'ada@example.com' });
    const call = callOf(vendor);
    await verify(call, user, await parseVerifyUrl(call, `${SHOP_ORIGIN}/confirm?from=mail`));
    const [mail, ...others] = await mailsTo(platform, 'ada@example.com');
    assert.deepEqual(others, []);
    assert.equal(mail?.subject, "Confirm your email address for the shop “Ada's Shop”");
    assert.match(mail.text, /\n\nhttps:\/\/shop\.example\/confirm\?from=mail&code=[\w.-]+\n\n/);
    const { status, body } = await vendor.post('/auth/verify', { code: codeIn(mail) });
    assert.deepEqual([status, body.id, body.is_email_verified], [200, user.id, true]);
  });

  it('speaks the language of the request', async () => {
    const vendor = await createVendor(platform, { name: 'Bäckerei' });
    const user = await vendor.createUser({ email: 'jan@example.com' });
    await verify(callOf(vendor, { language: 'NL-be' }), user, `${SHOP_ORIGIN}/`);
    const [mail] = await mailsTo(platform, 'jan@example.com');
    assert.equal(mail?.subject, 'Bevestig je e-mailadres voor de winkel “Bäckerei”');
  });
});

describe('verifyUserAddressMail', () => {
  const link = 'https://shop.example/confirm?code=a.b.c';
  const mailed = { link, lifetimeSeconds: 24 * 60 * 60 };
  const shop = (app: string) => ({ app, platform: 'Acme' });
  const QUOTED = /[“„«״「][\u00a0\u2068]?Shop & Söhne[\u00a0\u2069]?[”“»״」]/;
  const subjects = new Set<string>();
  for (const { tag } of LANGUAGES) {
    it(`says in ${tag} that the shop writes, and through whom, with the link alone in its line`, () => {
      const mail = verifyUserAddressMail('ada@example.com', pickLanguage([tag]), shop('Shop & Söhne'), mailed);
      assert.match(mail.subject, QUOTED);
      for (const paragraph of [0, -1]) assert.match(mail.text.split('\n\n').at(paragraph) ?? '', QUOTED);
      assert.ok(mail.text.split('\n\n').at(-1)?.includes('Acme'));
      assert.ok(mail.subject.includes('Shop & Söhne') && mail.text.includes('Shop & Söhne'));
      assert.ok(mail.text.split('\n').includes(link));
      assert.match(mail.text, /24/);
      assert.ok(!/[<>{}]|undefined/i.test(mail.subject + mail.text));
      assert.ok(!mail.subject.includes('Acme'));
      subjects.add(mail.subject);
    });
  }

  it('is in no two languages alike', () => assert.equal(subjects.size, LANGUAGES.length));

  it('lets the name of an app begin no line, header or direction of its own', () => {
    const name = 'Shop\r\nBcc: eve@evil.example\r\n\r\nhttps://evil.example\u2028\u2029\u202egnihsihp\u0000';
    const { subject, text } = verifyUserAddressMail('ada@example.com', pickLanguage(['en']), shop(name), mailed);
    const seen = 'Confirm your email address for the shop “Shop Bcc: eve@evil.example https://evil.example gnihsihp”';
    assert.equal(subject.replaceAll('\u200b', ''), seen);
    assert.deepEqual(
      text.split('\n').filter((line) => /^(Bcc|https?:)/.test(line)),
      [link],
    );
  });

  it('lets the name of an app neither end its quotation nor become a link', () => {
    const name = 'Shop” is closed. Acme asks: “open bank.example or https://bank.example/a, ask ada@bank.example';
    const { subject, text } = verifyUserAddressMail('ada@example.com', pickLanguage(['en']), shop(name), mailed);
    for (const words of [subject, ...text.split('\n\n').filter((paragraph) => paragraph !== link)]) {
      assert.doesNotMatch(words, /\w\.\w|\/\/|:\/|@\w/);
      assert.equal(words.match(/[“”]/g)?.length ?? 0, words.includes('Shop') ? 2 : 0, words);
    }
  });
});
