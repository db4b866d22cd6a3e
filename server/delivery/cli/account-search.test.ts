import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '#config.ts';
import { migrate, openDatabase } from '#storage/database.ts';
import { NO_BELONGINGS } from '#storage/imported-belongings.ts';
import { createStorage, type Storage } from '#storage/index.ts';
import { temporaryDirectory } from '#testing/temporary-directory.ts';
import { MailLimits } from '../../outbox/mail-limits.ts';
import { Outbox } from '../../outbox/outbox.ts';
import { accountCounts } from './account-counts.ts';
import { accountSearch } from './account-search.ts';
import { type Command, UsageError } from './command.ts';

describe('the operator looks for people', () => {
  let storage: Storage;
  let close: () => Promise<void>;
  const env = { DATA_DIR: temporaryDirectory() };
  const ids: Record<string, string> = {};
  before(async () => {
    const database = openDatabase(readConfig(env));
    await migrate(database.db);
    [storage, close] = [createStorage(database), () => database.close()];
    const { accounts, imports } = storage.realm('production');
    const jane = { email: 'jane@example.com', emailVerified: true, givenName: 'Zoë', familyName: 'Łukasiewicz' };
    ids['jane'] = (await accounts.create(jane)).id;
    ids['claim'] = (await storage.realm('sandbox').accounts.create({ email: 'JANE@example.com' })).id;
    ids['brought'] = 'brought-account';
    const foreignPassword = { kept: '{"form":"bcrypt","hash":"x"}', cost: 50 };
    await imports.create(await imports.begin('crm.ndjson'), [
      {
        ...{ id: 'brought-account', key: 'id:crm-7', digest: 'd', belongings: NO_BELONGINGS },
        account: { givenName: 'Zora', foreignPassword, blocked: true },
      },
    ]);
  });
  after(() => close());

  const run = (command: Command, ...words: string[]) =>
    command.run(words, {
      config: readConfig(env),
      storage,
      mailer: new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined }),
      migrated: [],
    });
  const found = async (...words: string[]) => {
    const { accounts, more } = (await run(accountSearch, ...words)) as {
      accounts: { account_id: string }[];
      more: boolean;
    };
    return [accounts.map(({ account_id: id }) => Object.keys(ids).find((name) => ids[name] === id)), more];
  };

  it('by an address, the begin of a name, and either id', async () => {
    assert.deepEqual(await found('--email', 'Jane@Example.com'), [['jane', 'claim'], false]);
    assert.deepEqual(await found('--email', 'jane@example.com', '--realm', 'sandbox'), [['claim'], false]);
    assert.deepEqual(await found('--name', 'zo'), [['jane', 'brought'], false]);
    assert.deepEqual(await found('--name', 'lukas'), [['jane'], false]);
    assert.deepEqual(await found('--external-id', 'crm-7'), [['brought'], false]);
    assert.deepEqual(await found(`--id=${ids['jane']}`), [['jane'], false]);
    assert.deepEqual(await found('--name', 'nobody'), [[], false]);
  });

  it('by a text alone, as each of these, and no more than asked for', async () => {
    assert.deepEqual(await found('jane@example.com'), [['jane', 'claim'], false]);
    for (const text of ['crm-7', 'brought-account']) assert.deepEqual(await found(text), [['brought'], false]);
    assert.deepEqual(await found('zo', '--limit', '1'), [['jane'], true]);
    await assert.rejects(run(accountSearch), UsageError);
    await assert.rejects(run(accountSearch, 'zo', '--limit', '0'), UsageError);
    await assert.rejects(run(accountSearch, 'zo', 'ra'), UsageError);
  });

  it('and counts them', async () => {
    const { production, sandbox } = (await run(accountCounts)) as Record<string, Record<string, unknown>>;
    const importId = (await storage.realm('production').imports.list(1))[0]?.id;
    assert.deepEqual(production, {
      ...{ accounts: 2, verified: 1, blocked: 1, passwords: { own: 0, none: 1, bcrypt: 1 } },
      sources: [
        { import_id: null, source: 'signed up here', accounts: 1 },
        { import_id: importId, source: 'crm.ndjson', accounts: 1 },
      ],
    });
    assert.equal(sandbox?.['accounts'], 1);
  });
});
