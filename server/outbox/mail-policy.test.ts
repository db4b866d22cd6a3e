import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { accountNoticeMail } from '../mail/account-notices.ts';
import * as invitation from '../mail/invitation-mail.ts';
import * as messages from '../mail/messages.ts';
import { SAMPLE_NOTICES } from '../mail/notice-samples.ts';
import { openTestRealm, type TestRealm } from '../testing/test-realm.ts';
import type { Mail } from './mail.ts';
import type { MailCause } from './mail-cause.ts';
import { MailLimitError, MailLimits } from './mail-limits.ts';
import { Outbox } from './outbox.ts';

const STRANGER = 'stranger@victim.example';
const MEMBER = 'Member@shop.example';
const CLAIMANT = 'claimant@shop.example';
const MAILED = { link: 'https://id.example/x?code=abc', lifetimeSeconds: 3600 };
const ENGLISH = pickLanguage(['en']);
const SHOP = { app: 'Fern', platform: 'Acme' };

/** Every mail that there is, to an address. A new function of `mail/` has to be named here. */
const MAILS: Readonly<Record<keyof typeof messages | keyof typeof invitation | 'notices', (to: string) => Mail[]>> = {
  codeMail: (to) => [messages.codeMail(to, ENGLISH, 'Acme', { code: '492810', lifetimeSeconds: 600 })],
  confirmAddressMail: (to) => [messages.confirmAddressMail(to, ENGLISH, 'Acme', MAILED)],
  newAddressMail: (to) => [messages.newAddressMail(to, ENGLISH, 'Acme', MAILED)],
  addressKnownMail: (to) => [messages.addressKnownMail(to, ENGLISH, 'Acme')],
  noAccountMail: (to) => [messages.noAccountMail(to, ENGLISH, 'Acme')],
  addressInUseMail: (to) => [messages.addressInUseMail(to, ENGLISH, 'Acme')],
  resetPasswordMail: (to) => [messages.resetPasswordMail(to, ENGLISH, 'Acme', MAILED)],
  replaceAccountMail: (to) => [messages.replaceAccountMail(to, ENGLISH, 'Acme', MAILED)],
  verifyUserAddressMail: (to) => [messages.verifyUserAddressMail(to, ENGLISH, SHOP, MAILED)],
  resetUserPasswordMail: (to) => [
    messages.resetUserPasswordMail(to, ENGLISH, SHOP, MAILED),
    messages.resetUserPasswordMail(to, ENGLISH, SHOP, { code: 'a.b.c', lifetimeSeconds: 3600 }),
  ],
  invitationMail: (to) => [
    invitation.invitationMail(to, ENGLISH, { ...SHOP, inviter: 'Eve', inviterEmail: 'eve@example.com', ...MAILED }),
  ],
  notices: (to) => SAMPLE_NOTICES.map((notice) => accountNoticeMail(to, ENGLISH, 'Acme', 'https://id.example', notice)),
};

describe('where a mail may go', () => {
  let realm: TestRealm;
  let outbox: Outbox;
  /** An app of the sandbox with a member, somebody who only claims an address, and one that is in production, too. */
  let sandboxApp: string;
  let liveApp: string;
  before(async () => {
    realm = await openTestRealm();
    const { storage } = realm;
    outbox = new Outbox({ storage, limits: new MailLimits(undefined, 10_000), smtpUrl: 'smtp://mail.example' });
    const newApp = async () =>
      (await storage.apps.create({ name: 'Fern', environment: 'localhost', origins: [] })).appId;
    [sandboxApp, liveApp] = [await newApp(), await newApp()];
    await storage.appEnvironments.add(liveApp, 'production', []);
    const { accounts } = storage.realm('production');
    for (const appId of [sandboxApp, liveApp]) {
      for (const [email, emailVerified] of [
        [MEMBER, true],
        [CLAIMANT, false],
      ] as const) {
        const [known] = await accounts.findByEmail(email);
        const { id } = known ?? (await accounts.create({ email, emailVerified }));
        await storage.appMembers.put(appId, id, 'read-only');
      }
    }
  });
  after(() => realm.close());

  /** @returns whether the mail is due to be sent, and in whose inbox it is */
  async function post(mail: Mail, cause: MailCause): Promise<{ sent: boolean; inbox: string | null }> {
    const { db } = realm.database;
    await db.deleteFrom('mails').execute();
    await outbox.send(mail, cause);
    const rows = await db.selectFrom('mails').select(['recipient', 'due_at', 'app_id', 'realm']).execute();
    assert.ok(rows.every(({ recipient }) => recipient === mail.to));
    assert.ok(
      rows.every(({ app_id, due_at }) => app_id === null || due_at === null),
      'an inbox sends nothing',
    );
    return {
      sent: rows.some(({ due_at }) => due_at !== null),
      inbox: rows.find(({ app_id }) => app_id !== null)?.app_id ?? null,
    };
  }

  const rows = (): [title: string, cause: MailCause, to: string, sent: boolean, inbox: string | null][] => [
    ['the platform, to anybody', { by: 'platform' }, STRANGER, true, null],
    ['a test account of an app, to a stranger', { by: 'tester', appId: sandboxApp }, STRANGER, false, sandboxApp],
    [
      'a test account of an app, to a member',
      { by: 'tester', appId: sandboxApp },
      MEMBER.toLowerCase(),
      true,
      sandboxApp,
    ],
    [
      'a test account of an app, to a claimed address',
      { by: 'tester', appId: sandboxApp },
      CLAIMANT,
      false,
      sandboxApp,
    ],
    ['a test account of no app, to a member of one', { by: 'tester', appId: undefined }, MEMBER, false, null],
    [
      'a key of the sandbox, to a stranger',
      { by: 'environment', realm: 'sandbox', appId: liveApp },
      STRANGER,
      false,
      liveApp,
    ],
    [
      'a key of the sandbox, to a member',
      { by: 'environment', realm: 'sandbox', appId: liveApp },
      MEMBER,
      true,
      liveApp,
    ],
    [
      'a key of production, to a stranger',
      { by: 'environment', realm: 'production', appId: liveApp },
      STRANGER,
      true,
      null,
    ],
    [
      'a member of an app of the sandbox, to a stranger',
      { by: 'member', appId: sandboxApp },
      STRANGER,
      false,
      sandboxApp,
    ],
    ['a member of an app in production, to a stranger', { by: 'member', appId: liveApp }, STRANGER, true, null],
  ];
  it('follows from its cause', async () => {
    for (const [title, cause, to, sent, inbox] of rows()) {
      const [mail] = MAILS[cause.by === 'environment' ? 'verifyUserAddressMail' : 'invitationMail'](to);
      assert.ok(mail);
      assert.deepEqual(await post(mail, cause), { sent, inbox }, title);
    }
  });

  it('is the inbox alone until the app is approved, and while it is suspended, disabled or declined', async () => {
    const { storage } = realm;
    const { appId } = await storage.apps.create({ name: 'Held', environment: 'localhost', origins: [] });
    const production = await storage.appEnvironments.add(appId, 'production', [], { review: 'pending' });
    const { clientId = '' } = production ?? {};
    const { appReviews, apps } = storage;
    const steps: [title: string, act: () => Promise<unknown>, sent: boolean][] = [
      ['waits for approval', async () => {}, false],
      ['is approved', () => appReviews.setReview(clientId, 'approved', ['pending']), true],
      ['is suspended', () => appReviews.setSuspended(appId, 'reported'), false],
      ['goes on', () => appReviews.setSuspended(appId, undefined), true],
      ['is disabled', () => apps.setDisabled(appId, true), false],
      ['is enabled', () => apps.setDisabled(appId, false), true],
      ['is declined', () => appReviews.setReview(clientId, 'declined', ['approved'], 'no'), false],
    ];
    const causes: MailCause[] = [
      { by: 'member', appId },
      { by: 'environment', realm: 'production', appId },
    ];
    for (const [title, act, sent] of steps) {
      await act();
      for (const cause of causes) {
        const [mail] = MAILS[cause.by === 'environment' ? 'verifyUserAddressMail' : 'invitationMail'](STRANGER);
        assert.ok(mail);
        assert.deepEqual(await post(mail, cause), { sent, inbox: sent ? null : appId }, `${title}, ${cause.by}`);
      }
    }
  });

  it('is limited from the day of the approval on, however long the app waited for it', async () => {
    const { storage } = realm;
    const { appId } = await storage.apps.create({ name: 'Patient', environment: 'localhost', origins: [] });
    const production = await storage.appEnvironments.add(appId, 'production', [], { review: 'pending' });
    const monthsAgo = Date.now() - 100 * 24 * 60 * 60 * 1000;
    const { db } = realm.database;
    await db.updateTable('environments').set({ created_at: monthsAgo }).where('app_id', '=', appId).execute();
    await storage.appReviews.setReview(production?.clientId ?? '', 'approved', ['pending']);
    const admit = async (number: number) =>
      (await outbox.admit(`person${number}@host${number}.example`, { by: 'member', appId })).mailed;
    // A hundredth of 10 000 on the first day.
    for (let number = 0; number < 100; number += 1) assert.equal(await admit(number), true);
    await assert.rejects(admit(100), MailLimitError);
  });

  it('is nowhere outside the app for any mail that the sandbox causes', async () => {
    const causes: MailCause[] = rows()
      .map(([, cause]) => cause)
      .filter((cause) => cause.by === 'tester' || (cause.by === 'environment' && cause.realm === 'sandbox'));
    let count = 0;
    for (const [name, make] of Object.entries(MAILS)) {
      for (const mail of make(STRANGER)) {
        for (const cause of causes.filter(({ by }) => (by === 'environment') === (mail.voice === 'vendor'))) {
          assert.equal((await post(mail, cause)).sent, false, `${name}, caused by ${JSON.stringify(cause)}`);
          count += 1;
        }
      }
    }
    assert.ok(count > 60, String(count));
  });

  it('is decided by the right cause: a vendor’s words are caused by a vendor, and nothing else is', async () => {
    const environment = { by: 'environment', realm: 'sandbox', appId: liveApp } as const;
    for (const mail of Object.values(MAILS).flatMap((make) => make(STRANGER))) {
      const wrong: MailCause = mail.voice === 'vendor' ? { by: 'platform' } : environment;
      await assert.rejects(outbox.send(mail, wrong), /another cause/);
    }
    const [mail] = MAILS.noAccountMail(MEMBER);
    assert.ok(mail);
    await assert.rejects(outbox.post(mail, await outbox.admit(STRANGER, { by: 'platform' })), /another address/);
  });

  it('is tried out with every mail that there is', () => {
    const parts = ['account-notices.ts', 'invitation-mail.ts', 'messages.ts'];
    const others = readdirSync(new URL('../mail/', import.meta.url)).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !parts.includes(name),
    );
    // What these are: languages, names, samples, a signature and the frame, none of which makes a mail of its own.
    assert.deepEqual(others.sort(), [
      'compose-mail.ts',
      'default-template.ts',
      'mail-language.ts',
      'mail-samples.ts',
      'name-in-mail.ts',
      'notice-samples.ts',
      'notice.ts',
      'render-mail.ts',
      'signature.ts',
    ]);
  });

  it('is the inbox alone once a member was mailed too often', async () => {
    const cause = { by: 'tester', appId: sandboxApp } as const;
    const sent: boolean[] = [];
    const [mail] = MAILS.noAccountMail(MEMBER);
    assert.ok(mail);
    for (let count = 0; count < 60; count += 1) {
      const posted = await post(mail, cause);
      assert.equal(posted.inbox, sandboxApp);
      sent.push(posted.sent);
    }
    assert.ok(sent.filter(Boolean).length < 60 && sent.at(-1) === false);
  });
});
