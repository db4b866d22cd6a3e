import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { readConfig } from '#config.ts';
import { AUTHORITY, ISSUED_CERTIFICATE, ISSUED_KEY } from '#outbound/testing/authority.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '#testing/test-platform.ts';
import { DAY_MS } from './age.ts';
import { examineDisk, examineFiles } from './disk.ts';
import { examineFedcm } from './fedcm.ts';
import { KEPT } from './kept.ts';

describe('the doctor on what is kept', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());
  const findings = (nowMs = Date.now()) => Promise.all(KEPT.map((part) => part(platform.storage, nowMs)));
  const levels = async (nowMs = Date.now()) =>
    Object.fromEntries((await findings(nowMs)).map(({ code, level }) => [code, level]));

  it('wants a backup, and one that is not old', async () => {
    assert.equal((await levels())['backups'], 'warning');
    await platform.storage.auditLog.append({ realm: null, act: 'database.backed_up', actor: 'operator' });
    assert.equal((await levels())['backups'], 'ok');
    assert.equal((await levels(Date.now() + 3 * DAY_MS))['backups'], 'warning');
  });

  it('wants signing keys that are not old', async () => {
    assert.equal((await levels())['signing_keys'], 'ok');
    assert.equal((await levels(Date.now() + 366 * DAY_MS))['signing_keys'], 'warning');
    assert.equal((await levels())['secrets'], 'ok');
  });

  it('wants mail to leave', async () => {
    const { mails } = platform.storage;
    assert.equal((await levels())['mail_queue'], 'ok');
    await mails.add({ to: 'kept@example.com', subject: 'Kept', text: '' }, false);
    await mails.add({ to: 'ada@example.com', subject: 'Hello', text: '' }, true);
    const found = await findings();
    assert.match(found.find(({ code }) => code === 'mail_queue')?.message ?? '', /^1 mail waits/);
    assert.equal((await levels(Date.now() + 60 * 60_000))['mail_queue'], 'problem');
  });
});

describe('the doctor on files', () => {
  const filesOf = (dataDir: string, more: Record<string, string> = {}) =>
    examineFiles(readConfig({ DATA_DIR: dataDir, ...more }));

  it('wants data that no other user of the machine can read', () => {
    const dataDir = temporaryDirectory();
    const file = join(dataDir, 'platform.sqlite');
    writeFileSync(file, '', { mode: 0o600 });
    assert.equal(filesOf(dataDir).level, 'ok');
    chmodSync(file, 0o640);
    chmodSync(dataDir, 0o755);
    assert.equal(filesOf(dataDir).level, 'problem');
    chmodSync(dataDir, 0o700);
    assert.equal(filesOf(dataDir).level, 'warning', 'nobody else gets into the folder');
    assert.equal(filesOf(dataDir, { DATABASE_URL: 'postgres://db.example/p' }).level, 'ok', 'it is not used');
    chmodSync(file, 0o600);
    chmodSync(dataDir, 0o777);
    assert.equal(filesOf(dataDir).level, 'problem');
    assert.equal(filesOf(join(dataDir, 'nowhere')).level, 'not_checked');
  });

  // Only root can give a file away.
  if (process.geteuid?.() === 0) {
    it('wants to be run by the user of the server', () => {
      const dataDir = temporaryDirectory();
      writeFileSync(join(dataDir, 'platform.sqlite'), '', { mode: 0o600 });
      chownSync(join(dataDir, 'platform.sqlite'), 65_534, 65_534);
      assert.equal(filesOf(dataDir).level, 'warning');
    });
  }

  it('looks at the disk itself', () => {
    const found = examineDisk(readConfig({ DATA_DIR: temporaryDirectory() }));
    assert.deepEqual(
      found.map(({ code }) => code),
      ['database_disk', 'disk_space'],
    );
    assert.ok(found.every(({ message }) => message !== ''));
  });
});

describe('the doctor on FedCM', () => {
  const resolver = ((_name: string, _options: object, callback: (...answer: unknown[]) => void) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }])) as LookupFunction as never;

  it('wants the registrable domain to name the platform', async (test) => {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, AUTHORITY]);
    const own = { provider_urls: ['https://id.example.com/fedcm/config.json'], login_url: 'x' };
    let there: object | undefined = own;
    const server = createServer({ key: ISSUED_KEY, cert: ISSUED_CERTIFICATE }, ({ headers }, response) => {
      const document = headers.host?.startsWith('id.') ? own : there;
      response.writeHead(document ? 200 : 404).end(JSON.stringify(document ?? {}));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    test.after(() => {
      server.close();
      setDefaultCACertificates(trusted);
    });
    const { port } = server.address() as AddressInfo;
    const look = (host: string) => examineFedcm(`https://${host}:${port}`, resolver);
    assert.equal((await look('id.example.com')).level, 'ok');
    assert.equal((await look('example.com')).level, 'ok');
    there = { provider_urls: ['https://other.example.com/fedcm/config.json'] };
    const other = await look('id.example.com');
    assert.equal(other.level, 'warning');
    assert.match(other.advice ?? '', /proxy_pass https:\/\/id\.example\.com/);
    there = undefined;
    assert.match((await look('id.example.com')).message, /answered 404/);
    assert.equal((await examineFedcm('http://localhost:4000', resolver)).level, 'not_checked');
  });
});
