import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { MailLimits } from '../outbox/mail-limits.ts';
import { Mailer } from '../outbox/mailer.ts';
import { openTestRealm, type TestRealm } from '../testing/test-realm.ts';
import { addressKnownMail, resetPasswordMail, resetUserPasswordMail, verifyUserAddressMail } from './messages.ts';
import { createMailRenderer } from './render-mail.ts';
import { signatureOf } from './signature.ts';

const TO = 'ada@example.com';
const english = pickLanguage(['en']);

describe('the signature of mails', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  it('says who writes and whom to ask, and nothing when nothing was said', () => {
    assert.equal(signatureOf({ name: 'Acme' }), '');
    assert.equal(
      signatureOf({
        name: 'Acme',
        support: { href: 'mailto:help@acme.example', text: 'help@acme.example' },
        termsUrl: 'https://acme.example/terms',
        privacyUrl: 'https://acme.example/privacy',
      }),
      '\n-- \nAcme\nhelp@acme.example\nhttps://acme.example/privacy\nhttps://acme.example/terms\n',
    );
    const support = { href: 'https://acme.example/help', text: 'acme.example/help' };
    assert.equal(signatureOf({ name: 'Acme', support }), '\n-- \nAcme\nhttps://acme.example/help\n');
  });

  it('stands below our own mails, and not below those in a shop’s name', async () => {
    const { storage } = realm;
    const log = { warn: () => {} };
    const limits = new MailLimits(undefined, 1_000);
    const render = createMailRenderer({ name: 'Acme', termsUrl: 'https://acme.example/terms' });
    const mailer = new Mailer({ storage, limits, smtpUrl: undefined, from: 'a@b.example', render, log });
    const mailed = { link: 'https://shop.example', lifetimeSeconds: 60 };
    await mailer.send(addressKnownMail(TO, english, 'Acme'), { by: 'platform' });
    await mailer.send(resetPasswordMail(TO, english, 'Acme', mailed), { by: 'platform' });
    const { appId } = await storage.apps.create({ name: 'Shop', environment: 'production', origins: [] });
    const cause = { by: 'environment', realm: 'production', appId } as const;
    await mailer.send(verifyUserAddressMail(TO, english, { app: 'Shop', platform: 'Acme' }, mailed), cause);
    const code = { code: '123', lifetimeSeconds: 60 };
    await mailer.send(resetUserPasswordMail(TO, english, { app: 'Shop', platform: 'Acme' }, code), cause);
    await mailer.close();
    const signed = (await storage.mails.list()).filter(({ text }) =>
      text.endsWith('\n\n-- \nAcme\nhttps://acme.example/terms\n'),
    );
    assert.deepEqual(signed.map(({ subject }) => subject).sort(), [
      'Choose a new password for Acme',
      'You already have an account at Acme',
    ]);
  });
});
