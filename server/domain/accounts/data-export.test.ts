import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { readConfig } from '../../config.ts';
import { onEachEngine } from '../../storage/testing/engines.ts';
import { storeWholePerson, type WholePerson } from '../../storage/testing/whole-person.ts';
import { dataExport } from './data-export.ts';

/** Tables that tell of a person, each with the columns that are left out of the file, and why. Every other column is in it. */
const OWNER = 'which account or realm it is, the file itself says';
const HASH = 'opens something, or cannot be turned back';
const DERIVED = 'made of another column';
const VENDOR_MADE = 'of users that a vendor made itself, who are no account';
const PERSONAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accounts: {
    email_key: DERIVED,
    given_name_key: DERIVED,
    family_name_key: DERIVED,
    password_hash: HASH,
    foreign_password: HASH,
    foreign_password_cost: HASH,
    browser_hash: HASH,
    sign_out_count: 'internal',
    expires_at: 'of test people, who are nobody',
  },
  email_codes: { code_hash: HASH, realm: OWNER, account_id: OWNER, email_key: DERIVED },
  users: {
    realm: OWNER,
    account_id: OWNER,
    username_key: DERIVED,
    email: VENDOR_MADE,
    email_key: VENDOR_MADE,
    email_verified_at: VENDOR_MADE,
    password_hash: VENDOR_MADE,
    first_name: VENDOR_MADE,
    last_name: VENDOR_MADE,
  },
  grants: { id: 'internal', realm: OWNER, account_id: OWNER, payload: 'is in it claim by claim' },
  disclosures: {},
  sessions: {
    realm: OWNER,
    account_id: OWNER,
    browser_hash: HASH,
    upstream_subject_hash: HASH,
    upstream_session_hash: HASH,
    ended_at: 'of those that are left out: nothing else is left of them',
  },
  authenticators: { id: 'internal', realm: OWNER, account_id: OWNER, secret: HASH, last_step: 'internal' },
  recovery_codes: { realm: OWNER, account_id: OWNER, code_hash: HASH },
  known_browsers: { id: 'internal', realm: OWNER, account_id: OWNER, browser_hash: HASH },
  passkeys: {
    credential_id: HASH,
    public_key: HASH,
    counter: HASH,
    realm: OWNER,
    account_id: OWNER,
    backed_up: 'is in it as true',
    user_handle: HASH,
  },
  identities: { id: 'internal', realm: OWNER, account_id: OWNER, app_id: 'of the sandbox’s people' },
  imported_accounts: {
    account_id: OWNER,
    realm: OWNER,
    row_digest: DERIVED,
    told: DERIVED,
    brought: DERIVED,
    created_by: 'is in it by the name of its file',
    updated_by: 'the file that made the account is in it',
  },
  directory_people: { account_id: OWNER, realm: OWNER, person_digest: DERIVED, password_hash: HASH },
  pictures: { account_id: OWNER, app_id: 'of logos' },
  app_members: { account_id: OWNER },
  app_invitations: {
    id: HASH,
    email_key: DERIVED,
    code_hash: HASH,
    app_id: 'is in it by name',
    email: 'is the account’s, or another’s',
    invited_by: OWNER,
  },
  app_events: {
    id: 'internal',
    attempt: 'internal',
    request_id: 'of the shop’s own request',
    detail: 'of the shop’s own request',
  },
  webhook_deliveries: {
    id: 'internal',
    webhook_id: 'internal',
    realm: OWNER,
    is_replay: 'internal',
    attempts: 'internal',
    due_at: 'internal',
    held_until: 'internal',
    give_up_at: 'internal',
    tries: 'what the shop’s own server answered',
  },
  mails: {
    id: 'internal',
    recipient: OWNER,
    recipient_key: DERIVED,
    text: 'may hold a code',
    html: 'may hold a code',
    attempts: 'internal',
    due_at: 'internal',
    realm: OWNER,
    account_id: OWNER,
    app_id: 'of the sandbox’s inboxes',
    link: HASH,
    code: HASH,
  },
  audit_log: { realm: OWNER, address: 'the network of the whole address, which is in it while it is kept' },
};

/** The others, and why a person needs nothing of them. */
const OTHERS: Readonly<Record<string, string>> = {
  audit_addresses: 'the file has them with the entries of audit_log',
  list_positions: 'of users who are gone, without their ids',
  audit_refusals: 'of nobody who is signed in, and an entry of audit_log after an hour',
  apps: 'a shop’s',
  environments: 'a shop’s',
  api_keys: 'a shop’s',
  management_keys: 'the operator’s',
  managed_apps: 'the operator’s',
  uploaded_imports:
    'the operator’s file, until the people in it are imported; for a week, rows that were refused, who are no account',
  signing_keys: 'the platform’s',
  secrets: 'the platform’s',
  idempotency_keys: 'a shop’s, for a day',
  submissions: 'answers to forms, for minutes, which only the browser can read',
  webhooks: 'a shop’s',
  session_clients: 'which shops a session is known to, until it ends; the shops are in it',
  jobs: 'what waits to be told to a shop, for hours; for a week when it was given up',
  oidc_records: 'sessions are in it; codes and tokens open something',
  mailed_codes: 'codes that open something, for minutes, by the address that somebody typed',
  upstream_attempts: 'sign-ins at another login that are under way, for minutes, of nobody who is known yet',
  upstream_logouts: 'hashes of what another login has said to have ended, for an hour',
  user_codes: 'codes that open something, for a while',
  rate_limits: 'counters under hashes, for a day at most',
  imports: 'the operator’s; the name of the file is in it',
  import_tombstones: 'hashes of the ids of people who are gone',
  diagnostic_tokens: 'hashes of tokens of the operator’s command, for minutes',
  package_files: 'the platform’s',
  widget_files: 'the platform’s',
  widget_versions: 'the platform’s',
  kysely_migration: 'the platform’s',
  kysely_migration_lock: 'the platform’s',
};

/** Which rows are the person's, in the tables that do not say so by `account_id` or `user_id`. */
const OWN_ROWS: Readonly<Record<string, (row: Record<string, unknown>, person: WholePerson) => boolean>> = {
  accounts: (row, { account }) => row['id'] === account.id,
  users: (row, { userId }) => row['id'] === userId,
  mails: (row, { account }) => String(row['recipient']).toLowerCase() === account.email?.toLowerCase(),
  app_invitations: (row, { account }) => row['email'] === account.email || row['invited_by'] === account.id,
  audit_log: (row, { account }) => row['actor'] === `account:${account.id}`,
};

onEachEngine('the download of one’s data', (context) => {
  let person: WholePerson;
  let json: string;
  before(async () => {
    const { storage, database } = context;
    person = await storeWholePerson(database.db, storage);
    await storeWholePerson(database.db, storage);
    const records = await storage.realm('production').accountRecords.read(person.account.id);
    assert.ok(records);
    const config = readConfig({ PUBLIC_URL: 'https://id.example', SMTP_URL: 'smtp://mail', DATA_DIR: 'unused' });
    json = JSON.stringify(dataExport({ config, issuer: config.publicUrl }, records));
  });

  const rowsOf = async (table: string) => {
    const rows = (await context.database.db
      .selectFrom(table as 'accounts')
      .selectAll()
      .execute()) as unknown as Record<string, unknown>[];
    const isOwn =
      OWN_ROWS[table] ?? ((row) => row['account_id'] === person.account.id || row['user_id'] === person.userId);
    return rows.filter((row) => isOwn(row, person));
  };

  it('has something of each table that tells of people: a new table belongs to one of the two lists', async () => {
    const tables = (await context.database.db.introspection.getTables()).map(({ name }) => name);
    const unsorted = [...tables, 'kysely_migration', 'kysely_migration_lock'].filter(
      (name) => !(name in PERSONAL) && !(name in OTHERS),
    );
    assert.deepEqual(unsorted, []);
    for (const table of Object.keys(PERSONAL)) assert.notDeepEqual(await rowsOf(table), [], table);
  });

  it('has the whole network addresses of the audit log', async () => {
    const { db } = context.database;
    const address = await db
      .selectFrom('audit_log')
      .innerJoin('audit_addresses', 'audit_addresses.entry_id', 'audit_log.id')
      .select('audit_addresses.address')
      .where('actor', '=', `account:${person.account.id}`)
      .executeTakeFirstOrThrow();
    assert.ok(json.includes(JSON.stringify(address.address)));
  });

  for (const [table, leftOut] of Object.entries(PERSONAL)) {
    it(`has every column of ${table} but those that are left out for a reason`, async () => {
      const rows = await rowsOf(table);
      const columns = Object.keys(rows[0] ?? {});
      assert.deepEqual(
        Object.keys(leftOut).filter((column) => !columns.includes(column)),
        [],
      );
      for (const column of columns.filter((name) => !(name in leftOut))) {
        const values = rows.map((row) => row[column]).filter((value) => value !== null);
        assert.notDeepEqual(values, [], `${table}.${column} is tried out with a value`);
        for (const value of values) {
          for (const text of textsOf(column, value)) assert.ok(json.includes(text), `${table}.${column}: ${text}`);
        }
      }
    });
  }

  it('has no secret in it, and nothing of anybody else', async () => {
    const { mark } = person;
    for (const secret of ['hash', 'code', 'credential', 'public', 'user-code'])
      assert.ok(!json.includes(`${secret}-${mark}`), secret);
    assert.ok(!json.includes('somebody@else.example'));
    const marks = new Set(json.match(/mark[A-Za-z0-9]{8}/g));
    assert.deepEqual([...marks], [mark]);
  });

  it('explains each of its parts', () => {
    const { about, ...parts } = JSON.parse(json) as { about: { sections: object } };
    assert.deepEqual(Object.keys(about.sections), Object.keys(parts));
  });

  it('shows a picture as it is', () => {
    const { account } = JSON.parse(json) as { account: { picture_file: { data: string } } };
    assert.equal(account.picture_file.data, `data:image/webp;base64,base64${person.mark}`);
  });

  it('shows nothing that was sent to an address that is only claimed', async () => {
    const { storage } = context;
    const account = await storage.realm('production').accounts.create({ email: person.account.email ?? '' });
    const records = await storage.realm('production').accountRecords.read(account.id);
    assert.deepEqual([records?.mails, records?.invitationsReceived], [[], []]);
  });

  it('is of an account of this realm', async () => {
    const { storage } = context;
    assert.equal(await storage.realm('sandbox').accountRecords.read(person.account.id), undefined);
  });
});

/** How a value stands in the file: times as ISO 8601, JSON as what it holds. */
function textsOf(column: string, value: unknown): string[] {
  if (typeof value === 'number' && /_(at|until)$/.test(column)) return [new Date(value).toISOString()];
  if (typeof value === 'string' && /^[[{]/.test(value)) return leavesOf(JSON.parse(value));
  return [String(value)];
}

function leavesOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [String(value)];
}
