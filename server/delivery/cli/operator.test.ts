import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../config.ts';
import { MailLimits } from '../../outbox/mail-limits.ts';
import { Outbox } from '../../outbox/outbox.ts';
import { openDatabase } from '../../storage/database.ts';
import { randomId } from '../../storage/ids.ts';
import { createStorage, type Storage } from '../../storage/index.ts';
import { giveSecondFactor } from '../../testing/second-factor.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import {
  accountBlock,
  accountCreate,
  accountDelete,
  accountList,
  accountRemoveSecondFactor,
  accountUnblock,
  accountVerify,
} from './account.ts';
import { appCreate } from './app.ts';
import { appList, appShow, appSuspend } from './app-review.ts';
import { appSet } from './app-set.ts';
import { appDisable, appEnable } from './app-switch.ts';
import { audit, auditList } from './audit.ts';
import { type Command, UsageError } from './command.ts';
import { dbBackup } from './db.ts';
import { keyCreate, keyRotate } from './key.ts';
import { secretRotate } from './secret.ts';
import { signingKeyList, signingKeyRotate } from './signing-key.ts';

const PASSWORD = 'an engine of difference';

// Tests the effects of the commands. platform.test.ts tests that they start and print their results.
describe('the operator', () => {
  let platform: TestPlatform;
  /** The context of the command line, with its own connections to the data of the running server. */
  let storage: Storage;
  let close: () => Promise<void>;
  let env: Record<string, string>;
  before(async () => {
    platform = await startTestPlatform({}, { signingKeyPollMs: 20 });
    env = { DATA_DIR: platform.dataDir };
    const database = openDatabase(readConfig(env));
    [storage, close] = [createStorage(database), () => database.close()];
  });
  after(async () => {
    await close();
    await platform.close();
  });

  const contextOf = (settings: Record<string, string>) => ({
    config: readConfig(settings),
    storage,
    mailer: new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined }),
    migrated: [],
  });
  const run = async (command: Command, words: string, settings = env): Promise<Record<string, unknown>> =>
    command.run(words.split(' ').filter(Boolean), contextOf(settings));
  const refuses = (command: Command, words: string, mentioned: RegExp, settings = env) =>
    assert.rejects(run(command, words, settings), (error: unknown) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.match(error.message, mentioned);
      return true;
    });
  const newAccount = async (email: string, realm = 'sandbox') => {
    const words = ['--realm', realm, '--email', email, '--password', PASSWORD];
    const made = await accountCreate.run(words, contextOf(env));
    return String(made['account_id']);
  };
  const acts = async (subject: string) =>
    (await storage.auditLog.list({ subject })).map(({ act, actor }) => [act, actor]);

  it('registers an app for an account, which then opens it in the portal, and lists whose it is', async () => {
    const words = `--name Till --environment localhost --origin ${SHOP_ORIGIN} --owner`;
    const { accounts } = storage.realm('production');
    const owner = await accounts.create({ email: 'Olga@example.com', emailVerified: true });
    const made = await run(appCreate, `${words} olga@EXAMPLE.com`);
    assert.equal(made['owner'], 'olga@EXAMPLE.com');
    assert.equal(await storage.appMembers.findRole(String(made['app_id']), owner.id), 'owner');
    const listed = (await run(appList, ''))['apps'] as { app_id: string; owners: string[] }[];
    const ownersOf = (id: unknown) => listed.find(({ app_id }) => app_id === id)?.owners;
    assert.deepEqual(ownersOf(made['app_id']), ['Olga@example.com']);
    const { app_id: ownerless } = await run(appCreate, words.replace(' --owner', ''));
    assert.deepEqual((await run(appShow, String(ownerless)))['owners'], []);
  });

  it('registers no app for whoever has not confirmed the address, is blocked, or is a test person', async () => {
    const words = `--name Till --environment localhost --origin ${SHOP_ORIGIN} --owner`;
    const { accounts } = storage.realm('production');
    const before = (await storage.appReviews.list()).length;
    await refuses(appCreate, `${words} nobody@example.com`, /no account .* nobody@example\.com.*account create/);
    await refuses(appCreate, `${words} jane.doe@example.com`, /no account/);
    await refuses(appCreate, `${words} not-an-address`, /--owner: must be an email address/);
    const { id } = await accounts.create({ email: 'squatter@example.com', emailVerified: false });
    await refuses(appCreate, `${words} squatter@example.com`, new RegExp(`confirmed .*account verify ${id}`));
    const blocked = await accounts.create({ email: 'blocked.owner@example.com', emailVerified: true });
    await accounts.setBlocked(blocked.id, true);
    await refuses(appCreate, `${words} blocked.owner@example.com`, /is blocked/);
    assert.equal((await storage.appReviews.list()).length, before, 'nothing is made by a refused command');
  });

  it('is noted in the audit log for apps, and their owners are told in their language', async () => {
    const { accounts } = storage.realm('production');
    const owner = await accounts.create({ email: 'eigenaar@example.com', emailVerified: true, locale: 'nl' });
    const unconfirmed = await accounts.create({ email: 'claimed@example.com', emailVerified: false });
    const developer = await accounts.create({ email: 'developer@example.com', emailVerified: true });
    const app = await storage.apps.create({
      name: 'Fern & Field',
      environment: 'production',
      origins: [SHOP_ORIGIN],
      ownerId: owner.id,
    });
    await storage.appMembers.put(app.appId, unconfirmed.id, 'owner');
    await storage.appMembers.put(app.appId, developer.id, 'developer');
    for (const [command, words] of [
      [appDisable, app.clientId],
      [appDisable, app.appId],
      [appEnable, app.appId],
      [keyCreate, `--client-id ${app.clientId} --name CI`],
      [keyRotate, `${app.apiKey.slice(0, 12)} --grace now`],
      [secretRotate, `--client-id ${app.clientId}`],
    ] as const) {
      await run(command, words);
    }
    const mails = (await storage.mails.list()).filter(({ text }) => text.includes('Fern & Field'));
    assert.ok(mails.every(({ to, text }) => to === 'eigenaar@example.com' && /beheerder van Platform/.test(text)));
    assert.deepEqual(mails.map(({ subject }) => subject).toSorted(), [
      'Een API-sleutel van Fern & Field is vervangen',
      'Een client secret van Fern & Field is vervangen',
      'Er is een API-sleutel van Fern & Field gemaakt',
      'Fern & Field is ingeschakeld',
      'Fern & Field is uitgeschakeld',
    ]);
    assert.deepEqual(await acts(`app:${app.appId}`), [
      ['app.disabled', 'operator'],
      ['app.enabled', 'operator'],
    ]);
    const words = ['--name', 'New', '--environment', 'localhost', '--origin', 'http://localhost:3000'];
    const { app_id: appId } = await appCreate.run(words, contextOf(env));
    assert.deepEqual(await acts(`app:${appId}`), [['app.created', 'operator']]);
    await refuses(appDisable, 'nobody', /no app "nobody"/);
  });

  it('finds accounts by realm and address, and sees no other data', async () => {
    const id = await newAccount('Ada@example.com');
    const elsewhere = await newAccount('ada@example.com', 'production');
    const { accounts } = (await run(accountList, '--email ada@EXAMPLE.com')) as { accounts: Record<string, unknown>[] };
    assert.deepEqual(accounts.map((account) => account['account_id']).toSorted(), [id, elsewhere].toSorted());
    const [shown] = ((await run(accountList, '--realm sandbox --email ada@example.com')) as { accounts: object[] })
      .accounts;
    const { created_at: createdAt, ...rest } = shown as Record<string, unknown>;
    assert.ok(Math.abs(Date.parse(String(createdAt)) - Date.now()) < 60_000);
    assert.deepEqual(rest, {
      account_id: id,
      realm: 'sandbox',
      email: 'Ada@example.com',
      email_verified: false,
      blocked: false,
      persona: null,
    });
    const all = (await run(accountList, '--realm sandbox')) as { accounts: { persona: string | null }[] };
    assert.ok(all.accounts.some(({ persona }) => persona !== null));
    assert.deepEqual(await run(accountList, '--email nobody@example.com'), { accounts: [] });
  });

  it('blocks an account at once, in all its sessions, and unblocks it', async () => {
    const id = await newAccount('eve@example.com');
    const app = await platform.createApp();
    const open = (browser: ReturnType<typeof platform.browser>) =>
      browser.openPopup({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: 'email' });
    const eve = platform.browser();
    const signIn = async () =>
      eve.submit(await open(eve), '/sign-in', { email: 'eve@example.com', password: PASSWORD });
    await eve.submit(await signIn(), '/consent');
    assert.ok((await open(eve)).message.credential, 'signed in');

    assert.deepEqual(await run(accountBlock, id), { account_id: id, blocked: true, sessions_ended: 1 });
    const page = await open(eve);
    assert.equal(page.delivery, undefined);
    assert.match(page.heading, /sign in/i);
    assert.match((await signIn()).html, /You can’t sign in with this account/);

    assert.deepEqual(await run(accountUnblock, id), { account_id: id, blocked: false });
    assert.ok((await signIn()).message.credential);
    assert.deepEqual(await acts(`account:${id}`), [
      ['account.created', 'operator'],
      ['session.started', `account:${id}`],
      ['account.blocked', 'operator'],
      ['account.unblocked', 'operator'],
      ['session.started', `account:${id}`],
    ]);
  });

  it('verifies an address, unless another account has verified it', async () => {
    const [first, second] = [await newAccount('grace@example.com'), await newAccount2()];
    assert.deepEqual(await run(accountVerify, first), { account_id: first, email_verified: true });
    await refuses(accountVerify, second, /Another account has verified the same address/);
    assert.equal((await storage.realm('sandbox').accounts.find(second))?.emailVerified, false);
    await refuses(accountVerify, 'nobody', /There is no account "nobody"/);

    async function newAccount2(): Promise<string> {
      const { id } = await storage
        .realm('sandbox')
        .accounts.create({ email: 'grace@example.com', emailVerified: false });
      return id;
    }
  });

  it('deletes an account, with --yes', async () => {
    const id = await newAccount('gone@example.com');
    await refuses(accountDelete, id, /cannot be undone.*--yes/);
    assert.ok(await storage.realm('sandbox').accounts.find(id));
    assert.deepEqual(await run(accountDelete, `${id} --yes`), { account_id: id, deleted: true, apps_disabled: [] });
    assert.equal(await storage.realm('sandbox').accounts.find(id), undefined);
    await refuses(accountDelete, `${id} --yes`, /There is no account/);
    const owner = await newAccount('owner@example.com', 'production');
    const { appId } = await platform.createApp({ environment: 'production' });
    await storage.appMembers.put(appId, owner, 'owner');
    await storage.realm('production').accountDeletion.request(owner, new Date(Date.now() + 60_000));
    const gone = { account_id: owner, deleted: true, apps_disabled: [appId] };
    assert.deepEqual(await run(accountDelete, `${owner} --yes`), gone, 'before its time');
    assert.deepEqual(await acts(`app:${appId}`), [['app.disabled', 'operator']]);
    assert.deepEqual((await acts(`account:${id}`)).at(-1), ['account.deleted', 'operator']);
  });

  it('tells the apps of a deleted account that it shares nothing any more, without its id', async () => {
    const { appId, clientId } = await platform.createApp();
    const id = await newAccount('shares@example.com');
    const { grants, users } = storage.realm('sandbox');
    await grants.create({ id: randomId(), accountId: id, clientId, payload: {} });
    const user = await users.ensure(clientId, id);
    await run(accountDelete, `${id} --yes`);
    assert.deepEqual(await acts(`environment:${clientId}`), [['consent.withdrawn', 'operator']], appId);
    const { events } = await storage.appEvents.list(clientId, { limit: 10 });
    assert.deepEqual(
      events.map(({ kind, userId }) => [kind, userId]),
      [['consent.withdrawn', undefined]],
    );
    assert.ok(!JSON.stringify(events).includes(user.id));
  });

  it('sets what else an app may do, and leaves what is not named', async () => {
    const { appId, clientId } = await platform.createApp();
    const shown = async () => {
      const { offline_access: offline, device_flow: device, id_token_alg: alg } = await run(appShow, appId);
      return [offline, device, alg];
    };
    assert.deepEqual(await shown(), [true, false, 'RS256']);
    const changed = await run(appSet, `${clientId} --device-flow --no-offline-access`);
    assert.deepEqual(changed, { app_id: appId, offline_access: false, device_flow: true });
    assert.deepEqual(await shown(), [false, true, 'RS256']);
    await run(appSet, `${appId} --offline-access --id-token-alg ES256`);
    assert.deepEqual(await shown(), [true, true, 'ES256']);
    assert.deepEqual(await run(appSet, `${appId} --require-verified-email`), {
      app_id: appId,
      require_verified_email: true,
    });
    assert.equal((await run(appShow, appId))['require_verified_email'], true);
    await run(appSet, `${appId} --no-device-flow`);
    assert.deepEqual(await shown(), [true, false, 'ES256']);
  });

  it('gives an app an owner, and those that it has are told', async () => {
    const { accounts } = storage.realm('production');
    const first = await accounts.create({ email: 'first.owner@example.com', emailVerified: true });
    const second = await accounts.create({ email: 'second.owner@example.com', emailVerified: true });
    const developer = await accounts.create({ email: 'coder@example.com', emailVerified: true });
    await accounts.create({ email: 'claim@example.com', emailVerified: false });
    const { appId } = await platform.createApp({ name: 'Ownable', ownerId: first.id });
    await storage.appMembers.put(appId, developer.id, 'developer');
    const owner = 'second.owner@example.com';
    assert.deepEqual(await run(appSet, `${appId} --owner ${owner}`), { app_id: appId, owner });
    await run(appSet, `${appId} --owner ${owner}`);
    await run(appSet, `${appId} --owner coder@example.com`);
    const owners = (await storage.appMembers.list(appId)).filter(({ role }) => role === 'owner');
    assert.deepEqual(
      owners.map(({ accountId }) => accountId).toSorted(),
      [first.id, second.id, developer.id].toSorted(),
    );
    assert.deepEqual(await acts(`app:${appId}`), [
      ['member.added', 'operator'],
      ['member.role_changed', 'operator'],
    ]);
    const told = (await storage.mails.list()).filter(({ text }) => text.includes('Ownable'));
    assert.equal(told.filter(({ to }) => to === 'first.owner@example.com').length, 2);
    await refuses(appSet, `${appId} --owner claim@example.com`, /Nobody has confirmed/);
    await refuses(appSet, `${appId} --owner nobody@example.com`, /There is no account/);
  });

  describe('has a switch of an app, and its owners have another', () => {
    const standing = async (clientId: string) => (await storage.appEnvironments.findByClientId(clientId))?.standing;
    const owned = async () => {
      const ownerId = await newAccount(`${crypto.randomUUID()}@example.com`, 'production');
      return platform.createApp({ ownerId });
    };

    it('enabling does not undo what an owner has stopped', async () => {
      const { appId, clientId } = await owned();
      await storage.apps.setDisabled(appId, true);
      await refuses(appEnable, appId, /disabled by one of its owners[\s\S]*--override-owners/);
      assert.deepEqual(await run(appDisable, appId), { app_id: appId, disabled: true });
      const stillOff = { app_id: appId, disabled: true, disabled_by: 'owner' };
      assert.deepEqual(await run(appEnable, appId), stillOff);
      assert.equal(await standing(clientId), 'disabled');
      await storage.apps.setDisabled(appId, false);
      assert.equal(await standing(clientId), 'active');
    });

    it('an owner does not undo what the operator has stopped', async () => {
      const { appId, clientId } = await owned();
      await run(appDisable, appId);
      await storage.apps.setDisabled(appId, true);
      await storage.apps.setDisabled(appId, false);
      assert.equal(await standing(clientId), 'suspended');
      assert.deepEqual(await run(appEnable, appId), { app_id: appId, disabled: false });
      assert.equal(await standing(clientId), 'active');
    });

    it('disabling keeps the reason of a suspension', async () => {
      const { appId } = await owned();
      await run(appSuspend, `${appId} --reason Phishing`);
      await run(appDisable, appId);
      assert.equal((await run(appShow, appId))['suspension_reason'], 'Phishing');
      assert.deepEqual(await run(appEnable, appId), { app_id: appId, disabled: false });
    });

    it('enables in the place of an owner when told to, and where nobody owns the app', async () => {
      const { appId, clientId } = await owned();
      await storage.apps.setDisabled(appId, true);
      await run(appEnable, `${appId} --override-owners`);
      assert.equal(await standing(clientId), 'active');
      const nobodys = await platform.createApp();
      await storage.apps.setDisabled(nobodys.appId, true);
      assert.deepEqual(await run(appEnable, nobodys.appId), { app_id: nobodys.appId, disabled: false });
    });
  });

  it('sets how the ID tokens of an app are signed, by either of its ids', async () => {
    const { appId, clientId } = await platform.createApp();
    const alg = async () => (await run(appShow, appId))['id_token_alg'];
    assert.equal(await alg(), 'RS256');
    assert.deepEqual(await run(appSet, `${appId} --id-token-alg ES256`), { app_id: appId, id_token_alg: 'ES256' });
    assert.equal(await alg(), 'ES256');
    await run(appSet, `${clientId} --id-token-alg EdDSA`);
    assert.equal(await alg(), 'EdDSA');
    assert.deepEqual((await acts(`app:${appId}`)).at(-1), ['app.settings_changed', 'operator']);
    await refuses(appSet, appId, /Say what to change/);
    await refuses(appSet, `${appId} --id-token-alg HS256`, /--id-token-alg: /);
    await refuses(appSet, 'nobody --id-token-alg ES256', /There is no app/);
  });

  it('rotates signing keys, and sees the state of each', async () => {
    const keys = async () =>
      ((await run(signingKeyList, '--realm production')) as { keys: Record<string, unknown>[] }).keys;
    const stateOf = (listed: Record<string, unknown>[]) => listed.map(({ kid, alg, state }) => [kid, alg, state]);
    const made = (rotation: Record<string, unknown>) => rotation['keys'] as { kid: string; alg: string }[];
    const first = await keys();
    const rotated = await run(signingKeyRotate, '--realm production');
    const leadMs = Date.parse(String(rotated['signs_from'])) - Date.now();
    assert.ok(leadMs > 14 * 60_000 && leadMs <= 15 * 60_000, 'a quarter of an hour');
    assert.deepEqual(rotated['withdrawn'], []);
    const listed = await keys();
    assert.deepEqual(
      stateOf(listed),
      first.flatMap(({ kid, alg }, index) => [
        [kid, alg, 'signing'],
        [made(rotated)[index]?.kid, alg, 'waiting'],
      ]),
    );
    assert.deepEqual(
      made(rotated).map(({ alg }) => alg),
      ['ES256', 'RS256', 'EdDSA'],
    );
    assert.equal(rotated['kid'], made(rotated)[0]?.kid, 'the one of credentials and external_login');
    assert.ok(Date.parse(String(listed[0]?.['published_until'])) > Date.parse(String(rotated['signs_from'])));
    assert.doesNotMatch(JSON.stringify(listed), /"(d|p|q|n|x)":/, 'no key is shown, private or not');

    const replaced = await run(signingKeyRotate, '--realm production --now');
    const withdrawn = [...first, ...made(rotated)].map(({ kid }) => String(kid));
    assert.deepEqual((replaced['withdrawn'] as string[]).toSorted(), withdrawn.toSorted());
    assert.deepEqual(
      stateOf(await keys()),
      made(replaced).map(({ kid, alg }) => [kid, alg, 'signing']),
    );
    for (const { kid } of made(replaced))
      assert.deepEqual(await acts(`signing_key:${kid}`), [['signing_key.replaced', 'operator']]);
  });

  it('reads the audit log', async () => {
    const { entries } = (await run(auditList, '--since 1h --act account.deleted --actor operator')) as {
      entries: Record<string, unknown>[];
    };
    assert.equal(entries.length, 3);
    assert.deepEqual(Object.keys(entries[0] ?? {}), [
      'at',
      'act',
      'actor',
      'subject',
      'realm',
      'address',
      'request_id',
      'detail',
      'id',
    ]);
    const count = async (words: string) => ((await run(audit, words)) as { entries: unknown[] }).entries.length;
    assert.equal(await count('--limit 2'), 2);
    assert.equal(await count(`--since ${new Date(Date.now() + 60_000).toISOString()}`), 0);
    assert.ok((await count('--since 2020-01-01')) > 5);
    await refuses(audit, '--since yesterday', /--since: "yesterday" is neither/);
    await refuses(audit, '--limit 0 --act everything', /--act: .*--limit: |--limit: .*--act: /s);
  });

  it('lets somebody in who has lost their second factor, and mails them about it', async () => {
    const { accounts, authenticators, recoveryCodes } = storage.realm('production');
    const { id } = await accounts.create({ email: 'lost@example.com', emailVerified: true });
    await refuses(accountRemoveSecondFactor, id, /has none/);
    await giveSecondFactor(platform, id);
    assert.deepEqual(await run(accountRemoveSecondFactor, id), { account_id: id, removed: true });
    assert.equal(await authenticators.find(id, 'active'), undefined);
    assert.equal(await recoveryCodes.count(id), 0);
    assert.deepEqual(await acts(`account:${id}`), [['second_factor.removed', 'operator']]);
    const mails = (await storage.mails.list()).filter(({ to }) => to === 'lost@example.com');
    assert.deepEqual(
      mails.map(({ subject }) => subject),
      ['Two-step verification was turned off for your Platform account'],
    );
    await refuses(accountRemoveSecondFactor, 'nobody', /no account "nobody"/);
  });

  it('backs up the database while the server runs, and a server starts on the copy', async () => {
    const file = join(temporaryDirectory(), 'backup.sqlite');
    const during = Promise.all(Array.from({ length: 5 }, (_, index) => newAccount(`during-${index}@example.com`)));
    const id = await newAccount('kept@example.com');
    const { bytes } = await run(dbBackup, file);
    await during;
    assert.equal(bytes, statSync(file).size);
    assert.equal(statSync(file).mode & 0o777, 0o600, 'for its owner only');
    assert.deepEqual(readdirSync(join(file, '..')), ['backup.sqlite'], 'nothing is left beside it');

    const dataDir = temporaryDirectory();
    writeFileSync(join(dataDir, 'platform.sqlite'), readFileSync(file));
    const restored = await startTestPlatform({ DATA_DIR: dataDir });
    assert.equal((await restored.storage.realm('sandbox').accounts.find(id))?.email, 'kept@example.com');
    assert.deepEqual(
      await restored.storage.realm('sandbox').signingKeys.list(),
      await storage.realm('sandbox').signingKeys.list(),
    );
    await restored.close();
    assert.equal((await storage.auditLog.list({ act: 'database.backed_up' })).length, 1);
  });

  it('backs up the database without the key of what is encrypted in it, and says so', async () => {
    const { id } = await storage.realm('production').accounts.create({ email: 'sealed@example.com' });
    await giveSecondFactor(platform, id);
    const file = join(temporaryDirectory(), 'sealed.sqlite');
    const { not_in_it: left } = await run(dbBackup, file);
    const key = readFileSync(join(platform.dataDir, 'data-key'), 'utf8').trim();
    assert.match(String(left), /data-key/);
    const copy = readFileSync(file);
    assert.ok(!copy.includes(key) && !copy.includes(Buffer.from(key, 'base64')));
  });

  it('never overwrites a file with a backup, and says which file exists', async () => {
    const directory = temporaryDirectory();
    const file = join(directory, 'precious');
    writeFileSync(file, 'mine');
    await refuses(dbBackup, file, /exists already/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    await refuses(dbBackup, join(directory, 'missing', 'backup'), /directory of .* does not exist/);
    await refuses(dbBackup, '', /Usage: db backup FILE/);
    assert.deepEqual(readdirSync(directory), ['precious']);
  });

  it('says where it looked for a database that is not there, and makes none', async () => {
    const directory = temporaryDirectory();
    await refuses(dbBackup, join(directory, 'copy'), /There is no database at .*DATA_DIR/, { DATA_DIR: directory });
    assert.deepEqual(readdirSync(directory), []);
  });

  it('backs up PostgreSQL with pg_dump, without the password on a command line', async (context) => {
    const directory = temporaryDirectory();
    const bin = join(directory, 'bin');
    mkdirSync(bin);
    const path = process.env['PATH'] ?? '';
    context.after(() => {
      process.env['PATH'] = path;
    });
    const settings = { ...env, DATABASE_URL: 'postgres://platform:s3cret@db.example:5433/platform' };
    const file = join(directory, 'backup.dump');

    process.env['PATH'] = bin;
    await refuses(dbBackup, file, /pg_dump is not on the PATH.*pg_dump --format=custom/s, settings);
    const script = (body: string) => writeFileSync(join(bin, 'pg_dump'), `#!/bin/sh\n${body}\n`, { mode: 0o700 });
    // Its second word is --file=…; the shell's `#` removes a beginning.
    const write = `echo "$@ PGPASSWORD=$PGPASSWORD" >"$\{2#--file=}"`;
    script(write);
    writeFileSync(join(bin, 'pg_restore'), '#!/bin/sh\ngrep -q "^--format=custom" "$2"\n', { mode: 0o700 });
    process.env['PATH'] = `${bin}:${path}`;
    await run(dbBackup, file, settings);
    const called = readFileSync(file, 'utf8');
    assert.match(
      called,
      /--format=custom .*--dbname=postgres:\/\/platform@db\.example:5433\/platform PGPASSWORD=s3cret/,
    );
    script('true');
    await refuses(dbBackup, join(directory, 'other.dump'), /pg_restore failed/, settings);
    script('echo "server version mismatch" >&2; exit 1');
    await refuses(dbBackup, join(directory, 'other.dump'), /pg_dump failed\.\nserver version mismatch/, settings);
    // As version 15 says it of a server of version 18, when it is asked for English.
    script(`[ "$LC_ALL" = C ] || { echo "die Version" >&2; exit 1; }
echo "pg_dump: error: aborting because of server version mismatch" >&2
echo "pg_dump: detail: server version: 18.4; pg_dump version: 15.18 (Debian 15.18-0+deb12u1)" >&2; exit 1`);
    const tooOld =
      /^pg_dump is of version 15\.18, and the server is PostgreSQL 18\.4,.* at least as new as the server/s;
    await refuses(dbBackup, join(directory, 'other.dump'), tooOld, settings);
    script(write);
    const restore = 'echo "pg_restore: error: unsupported version (1.16) in file header" >&2; exit 1';
    writeFileSync(join(bin, 'pg_restore'), `#!/bin/sh\n${restore}\n`, { mode: 0o700 });
    await refuses(dbBackup, join(directory, 'other.dump'), /pg_restore is older than pg_dump/, settings);
    assert.ok(!existsSync(join(directory, 'other.dump')));
    assert.deepEqual(readdirSync(directory).toSorted(), ['backup.dump', 'bin']);
  });
});
