import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import { inTransaction } from '../domain/context.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { createStorage } from '../storage/index.ts';
import { type EngineContext, onEachEngine } from '../storage/testing/engines.ts';
import { TestSmtpServer } from '../testing/smtp-server.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { openTestRealm } from '../testing/test-realm.ts';
import { MailLimits } from './mail-limits.ts';
import { Mailer } from './mailer.ts';

const MAIL = {
  to: 'ada@example.com',
  subject: 'Grüße',
  text: 'Zeile eins\n\nhttps://id.example/?code=abc\n',
  voice: 'platform',
} as const;
const CAUSE = { by: 'platform' } as const;

onEachEngine('the mailer', (context) => {
  let smtp: TestSmtpServer;
  let warnings: { reason?: string; givenUp?: boolean; attempts?: number }[];
  let mailers: Mailer[];
  beforeEach(async () => {
    smtp = await TestSmtpServer.start();
    warnings = [];
    mailers = [];
  });
  afterEach(async () => {
    for (const mailer of mailers) await mailer.close();
    await smtp.stop();
    await context.database.db.deleteFrom('mails').execute();
  });

  const create = (smtpUrl: string | undefined, { storage }: Pick<EngineContext, 'storage'> = context) => {
    const log = { warn: (details: object) => void warnings.push(details) };
    const mailer = new Mailer({
      storage,
      limits: new MailLimits(undefined, 1_000),
      smtpUrl,
      from: 'Acme <no-reply@id.example>',
      log,
    });
    mailers.push(mailer);
    return mailer;
  };
  const outbox = () => context.database.db.selectFrom('mails').select(['recipient', 'attempts', 'due_at']).execute();
  const makeDue = () => context.database.db.updateTable('mails').set({ due_at: 1 }).execute();

  it('sends a mail to the server, and deletes it from the outbox', async () => {
    await create(smtp.url).send(MAIL, CAUSE);
    await until(async () => (await outbox()).length === 0);
    const [mail] = smtp.received;
    assert.equal(smtp.received.length, 1);
    assert.deepEqual(mail?.recipients, [MAIL.to]);
    assert.equal(mail.from, 'no-reply@id.example');
    assert.equal(mail.headers.get('from'), 'Acme <no-reply@id.example>');
    assert.equal(mail.headers.get('to'), MAIL.to);
    assert.equal(mail.headers.get('subject'), MAIL.subject);
    assert.match(mail.headers.get('content-type') ?? '', /^text\/plain; charset=utf-8/);
    assert.equal(mail.text.replaceAll('\r\n', '\n').trim(), MAIL.text.trim());
  });

  it('sends mail of a transaction after its commit, and none after a rollback', async () => {
    const mailer = create(smtp.url);
    const realm = { realm: 'production', storage: context.storage, mailer } as unknown as RealmContext;
    const failed = inTransaction(realm, async (inner) => {
      await inner.mailer.send({ ...MAIL, to: 'eve@example.com' }, CAUSE);
      throw new Error('changed my mind');
    });
    await assert.rejects(failed, /changed my mind/);
    await inTransaction(realm, async (inner) => {
      await inner.mailer.send(MAIL, CAUSE);
      assert.deepEqual(smtp.received, []);
    });
    // Well before the next round.
    await until(() => smtp.received.length === 1);
    assert.deepEqual(smtp.received[0]?.recipients, [MAIL.to]);
    await until(async () => (await outbox()).length === 0);
  });

  it('keeps a mail that the server refuses, and sends it later', async () => {
    smtp.refusal = 'greylisted, come back later';
    const mailer = create(smtp.url);
    await mailer.send(MAIL, CAUSE);
    await until(() => warnings.length > 0);
    assert.match(warnings[0]?.reason ?? '', /greylisted/);
    assert.equal(warnings[0]?.givenUp, false);
    await until(async () => ((await outbox())[0]?.due_at ?? 0) > Date.now() + 90_000);
    assert.equal((await outbox())[0]?.attempts, 1);

    smtp.refusal = undefined;
    await mailer.send({ ...MAIL, to: 'eve@example.com' }, CAUSE);
    await until(() => smtp.received.length === 1);
    assert.deepEqual(smtp.received[0]?.recipients, ['eve@example.com'], 'others do not wait, and it is not due yet');

    await makeDue();
    await mailer.send({ ...MAIL, to: 'mallory@example.com' }, CAUSE);
    await until(async () => (await outbox()).length === 0);
    assert.deepEqual(smtp.received.map(({ recipients }) => recipients[0]).sort(), [
      'ada@example.com',
      'eve@example.com',
      'mallory@example.com',
    ]);
  });

  it('keeps a mail while no server answers, also across a restart', async () => {
    const { url } = smtp;
    await smtp.stop();
    const first = create(url);
    await first.send(MAIL, CAUSE);
    await until(() => warnings.length > 0);
    await first.close();
    assert.equal((await outbox()).length, 1);

    smtp = await TestSmtpServer.start();
    await makeDue();
    await create(smtp.url).send({ ...MAIL, to: 'eve@example.com' }, CAUSE);
    await until(() => smtp.received.length === 2);
  });

  it('gives up after eight refusals, and says so', async () => {
    smtp.refusal = 'no such person';
    await context.storage.mails.add(MAIL, true);
    await context.database.db.updateTable('mails').set({ attempts: 7 }).execute();
    await create(smtp.url).send({ ...MAIL, to: 'eve@example.com' }, CAUSE);
    await until(() => warnings.length === 2);
    assert.deepEqual(warnings.map(({ attempts, givenUp }) => [attempts, givenUp]).sort(), [
      [1, false],
      [8, true],
    ]);
    await until(async () => (await outbox()).length === 1);
    assert.equal((await outbox())[0]?.recipient, 'eve@example.com');
  });

  it('sends each mail once, although two processes share the outbox', async () => {
    const people = Array.from({ length: 12 }, (_, index) => `person${index}@example.com`);
    const processes = [create(smtp.url), create(smtp.url, context.elsewhere)];
    await Promise.all(people.map((to, index) => processes[index % 2]?.send({ ...MAIL, to }, CAUSE)));
    await until(async () => (await outbox()).length === 0);
    const sent = smtp.received.map(({ recipients }) => recipients[0]);
    assert.deepEqual(sent.sort(), people.sort());
    assert.deepEqual(warnings, []);
  });

  it('keeps all mail when no mail server is set', async () => {
    await create(undefined).send(MAIL, CAUSE);
    assert.deepEqual({ ...(await outbox())[0] }, { recipient: MAIL.to, attempts: 0, due_at: null });
    await create(smtp.url).send({ ...MAIL, to: 'eve@example.com' }, CAUSE);
    // The server receives a mail a moment before the outbox deletes it.
    await until(async () => smtp.received.length === 1 && (await outbox()).length === 1);
    assert.deepEqual(smtp.received[0]?.recipients, ['eve@example.com'], 'nor sends it later, when it is news no more');
  });

  it('keeps the unsent mail when it is closed', async () => {
    for (let count = 0; count < 20; count += 1) await context.storage.mails.add(MAIL, true);
    const mailer = create(smtp.url);
    await mailer.send(MAIL, CAUSE);
    await until(() => smtp.received.length > 0);
    await mailer.close();
    const left = (await outbox()).length;
    assert.ok(left > 0 && left + smtp.received.length === 21, `${left} left, ${smtp.received.length} sent`);
  });

  const hostile: [title: string, mail: Partial<Record<'to' | 'subject' | 'text', string>>][] = [
    ['a header in the address', { to: 'ada@example.com\r\nBcc: eve@evil.example' }],
    ['another address behind a comma', { to: 'ada@example.com, eve@evil.example' }],
    ['another address in angle brackets', { to: 'ada@example.com <eve@evil.example>' }],
    ['a command in the address', { to: 'ada@example.com>\r\nRCPT TO:<eve@evil.example' }],
    ['a header in the subject', { subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\nBody' }],
    ['the end of the message in the text', { text: 'Hello\r\n.\r\nRCPT TO:<eve@evil.example>\r\n' }],
  ];
  for (const [title, mail] of hostile) {
    it(`sends nothing to anybody else with ${title}`, async () => {
      await create(smtp.url).send({ ...MAIL, ...mail }, CAUSE);
      await until(() => smtp.received.length > 0 || warnings.length > 0);
      for (const { recipients, headers } of smtp.received) {
        assert.equal(recipients.length, 1);
        assert.ok(!recipients.some((recipient) => recipient.endsWith('@evil.example')), String(recipients));
        assert.ok(!headers.has('bcc') && !headers.has('rcpt to'));
      }
    });
  }
});

describe('the mail of a sign-up', () => {
  let smtp: TestSmtpServer;
  let platform: TestPlatform;
  before(async () => {
    smtp = await TestSmtpServer.start();
    const PLATFORM_LOGO = join(temporaryDirectory(), 'logo.png');
    writeFileSync(PLATFORM_LOGO, Buffer.from('89504e470d0a1a0a', 'hex'));
    const PLATFORM_NAME = 'Acme, "Ünique" & Sons';
    platform = await startTestPlatform({ SMTP_URL: smtp.url, PLATFORM_NAME, PLATFORM_LOGO });
  });
  after(async () => {
    await platform.close();
    await smtp.stop();
  });

  it('arrives with the link, from the platform, in the person’s language', async () => {
    const { clientId } = await platform.createApp({ environment: 'production' });
    const browser = platform.browser();
    browser.headers = { 'accept-language': 'nl' };
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const { action, values } = first.form('/sign-in');
    const form = {
      csrf: String(values['csrf']),
      given_name: 'Bcc: x\u2019',
      email: 'noor@example.com',
      password: 'an engine of difference',
    };
    await browser.post(action.replace('/sign-in', '/sign-up'), form);
    await until(() => smtp.received.length === 1);
    const [mail] = smtp.received;
    assert.deepEqual(mail?.recipients, ['noor@example.com']);
    assert.equal(mail.from, 'no-reply@localhost');
    assert.match(mail.headers.get('subject') ?? '', /^Bevestig je e-mailadres voor Acme, "Ünique" & Sons$/);
    assert.match(mail.headers.get('from') ?? '', /^"?Acme, \\?"Ünique\\?" & Sons"? <no-reply@localhost>$/);
    const link = /http:\S+/.exec(mail.text)?.[0] ?? '';
    assert.match(link, new RegExp(`^${platform.url}/confirm-email\\?code=[\\w-]{32}&language=nl$`));
    assert.ok(mail.html?.includes(`<a href="${link.replaceAll('&', '&amp;')}"`), 'as a button, too');
    assert.ok(mail.html?.includes('src="cid:logo"'));
    assert.deepEqual(mail.images, ['<logo> image/png']);
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
    const ask = await platform.browser().get(link);
    assert.equal(ask.status, 200);
    assert.match(ask.html, /<html lang="nl"/, 'in the language of the mail, whatever the browser’s');
  });

  it('is not shown at /dev/mail when there is a mail server', async () => {
    assert.equal(platform.mailPage, undefined);
    assert.equal((await fetch(`${platform.url}/dev/mail`)).status, 404);
  });
});

it('a mail that cannot be stored is an error', async () => {
  const realm = await openTestRealm();
  const storage = createStorage(realm.database);
  await realm.database.close();
  const limits = new MailLimits(undefined, 1_000);
  const mailer = new Mailer({ storage, limits, smtpUrl: undefined, from: 'a@example.com', log: { warn: () => {} } });
  await assert.rejects(mailer.send(MAIL, CAUSE));
});
