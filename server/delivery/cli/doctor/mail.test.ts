import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { readConfig } from '#config.ts';
import { AUTHORITY, ISSUED_CERTIFICATE, ISSUED_KEY } from '#outbound/testing/authority.ts';
import { checkMailServer } from '#outbox/mail-server-check.ts';
import { freePort } from '#testing/free-port.ts';
import { examineMail } from './mail.ts';

const TIMEOUT_MS = 10_000;

/** A mail server that knows one user. @returns its port */
async function serve(test: TestContext, options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    key: ISSUED_KEY,
    cert: ISSUED_CERTIFICATE,
    onAuth: ({ username, password }, _session, done) =>
      username === 'platform' && password === 's3cr3t-of-mail'
        ? done(null, { user: username })
        : done(new Error('Invalid username or password')),
    onData: (stream, { envelope }, done) => {
      stream.resume().on('end', () => {
        const [recipient] = envelope.rcptTo;
        done(recipient?.address.startsWith('nobody') ? new Error('550 no such mailbox') : null);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  test.after(() => new Promise<void>((closed) => server.close(closed)));
  return (server.server.address() as AddressInfo).port;
}

/** The certificate is for a name that leads nowhere, so that it is named apart. */
const named = 'tls.servername=id.example.com';

const levelsOf = async (smtpUrl: string, mailTo?: string) => {
  const config = readConfig({ SMTP_URL: smtpUrl }, { sendsMail: false });
  const found = await examineMail(config, mailTo);
  return Object.fromEntries(found.map((finding) => [finding.code, finding]));
};

describe('the doctor on mail', () => {
  it('says when there is no mail server', async () => {
    const config = readConfig({}, { sendsMail: false });
    const [finding] = await examineMail(config, undefined);
    assert.equal(finding?.level, 'problem');
  });

  it('signs in, by STARTTLS and from the start, and says that no mail was sent', async (test) => {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, AUTHORITY]);
    test.after(() => setDefaultCACertificates(trusted));
    for (const secure of [false, true]) {
      const port = await serve(test, { secure });
      const url = `smtp${secure ? 's' : ''}://platform:s3cr3t-of-mail@127.0.0.1:${port}/?${named}`;
      assert.deepEqual(await checkMailServer(url, TIMEOUT_MS), {
        outcome: 'ready',
        isEncrypted: true,
        isSignedIn: true,
      });
      const { mail_server, mail_encryption, mail_trial } = await levelsOf(url);
      assert.deepEqual([mail_server?.level, mail_encryption?.level, mail_trial?.level], ['ok', 'ok', 'not_checked']);
    }
  });

  it('says that a connection is readable', async (test) => {
    const port = await serve(test, { disabledCommands: ['STARTTLS'], authOptional: true });
    assert.deepEqual(await checkMailServer(`smtp://127.0.0.1:${port}`, TIMEOUT_MS), {
      outcome: 'ready',
      isEncrypted: false,
      isSignedIn: false,
    });
  });

  it('says what a server answers to a wrong password, and not the password', async (test) => {
    const port = await serve(test, { disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    const { mail_server } = await levelsOf(`smtp://platform:wrong-pa55word@127.0.0.1:${port}`);
    assert.equal(mail_server?.level, 'problem');
    assert.match(mail_server.message, /does not let us in: .*Invalid username or password/);
    assert.ok(!JSON.stringify(mail_server).includes('wrong-pa55word'));
  });

  it('says that nobody is there, that nobody speaks, and that the certificate is of nobody', async (test) => {
    const closed = await levelsOf(`smtp://127.0.0.1:${await freePort()}`);
    assert.match(closed['mail_server']?.message ?? '', /out of reach.*ECONNREFUSED/);
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    test.after(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    const state = await checkMailServer(`smtp://127.0.0.1:${port}`, 300);
    assert.equal(state.outcome, 'failed');
    const untrusted = await levelsOf(`smtps://127.0.0.1:${await serve(test, { secure: true })}/?${named}`);
    assert.match(untrusted['mail_server']?.message ?? '', /out of reach.*certificate/);
  });

  it('sends a mail where it is told to, and says what the server answers', async (test) => {
    const port = await serve(test, { disabledCommands: ['STARTTLS'], authOptional: true });
    const url = `smtp://127.0.0.1:${port}`;
    const taken = await levelsOf(url, 'operator@example.org');
    assert.equal(taken['mail_trial']?.level, 'ok');
    const refused = await levelsOf(url, 'nobody@example.org');
    assert.equal(refused['mail_trial']?.level, 'problem');
    assert.match(refused['mail_trial']?.message ?? '', /no such mailbox/);
  });
});
