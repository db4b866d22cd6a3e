import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashAccountPassword, PASSWORD_KEY } from '#domain/accounts/find-by-password.ts';
import type { NewAccount } from '#storage/accounts.ts';
import { randomId } from '#storage/ids.ts';
import { watchStatements } from '#storage/testing/statements.ts';
import { ADDRESS_FORMS, type AddressForm, type FilledForm, type FormPlace } from '#testing/address-forms.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

/** Something in the background may add a statement to one request. It does not to all of them. */
const REPEATS = 4;

/** What goes on between requests, and meets one that takes long on a busy machine: queues, keys, events, and the claim of a form. */
const BACKGROUND =
  /\b(jobs|signing_keys|app_events|api_keys|disclosures|webhook_deliveries|uploaded_imports|mails" where "due_at)\b|^update "submissions" set "created_at"/;

/** What the account is that has the address. */
const KINDS = {
  verified: { emailVerified: true },
  claimed: { emailVerified: false },
  blocked: { emailVerified: true, blocked: true },
  leaving: { emailVerified: true, deletionDueAt: new Date(Date.now() + 24 * 60 * 60 * 1000) },
} as const satisfies Readonly<Record<string, NewAccount>>;
type Kind = keyof typeof KINDS;

/** What the database does for one request. A commit waits for the disk, which takes most of the time that an answer takes. */
interface Work {
  reads: number;
  writes: number;
  commits: number;
}

/**
 * Nobody may learn by the time of an answer whether somebody has an address (invariant 8). `npm run bench -- timing` measures the time; this counts
 * what takes it, so that a leak is found without waiting for it.
 */
describe('a form that takes an address', () => {
  let platform: TestPlatform;
  let place: FormPlace;
  let passwordKey: string;
  let statements: string[] | undefined;
  before(async () => {
    watchStatements((sql) => statements?.push(sql));
    platform = await startTestPlatform({ TRUST_PROXY: '127.0.0.1' });
    passwordKey = await platform.storage.secrets.ensure(PASSWORD_KEY);
    const { clientId } = await platform.createApp({ environment: 'production' });
    let networks = 0;
    place = {
      publicUrl: platform.url,
      popup: { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' },
      newBrowser: () => {
        const browser = platform.browser();
        networks += 1;
        browser.headers = { ...browser.headers, 'x-forwarded-for': `2001:db8:${networks.toString(16)}::1` };
        return browser;
      },
    };
  });
  after(() => platform.close());

  for (const form of ADDRESS_FORMS)
    it(`is the same work for the database, whoever has the address: ${form.name}`, async () => {
      const unknown = await leastWork(form, undefined);
      assert.ok(unknown.work.reads > 0 && unknown.work.commits > 0);
      for (const kind of Object.keys(KINDS) as Kind[]) assert.deepEqual(await leastWork(form, kind), unknown, kind);
    });

  async function leastWork(form: AddressForm, kind: Kind | undefined): Promise<{ status: number; work: Work }> {
    const all: Work[] = [];
    let status = 0;
    for (let repeat = 0; repeat < REPEATS; repeat += 1) {
      const email = `${randomId()}@example.com`;
      if (kind !== undefined) await createAccount(email, kind);
      const filled = await form.fill(place, email);
      const mine: string[] = [];
      statements = mine;
      status = await send(filled);
      statements = undefined;
      all.push(workOf(mine));
    }
    const least = (kind: keyof Work) => Math.min(...all.map((one) => one[kind]));
    return { status, work: { reads: least('reads'), writes: least('writes'), commits: least('commits') } };
  }

  async function createAccount(email: string, kind: Kind): Promise<void> {
    const passwordHash = await hashAccountPassword({ realm: 'production', passwordKey }, email, randomId(), '');
    await platform.storage.realm('production').accounts.create({ email, passwordHash, ...KINDS[kind] });
  }

  async function send({ method, path, headers, body }: FilledForm): Promise<number> {
    const answer = await fetch(`${platform.url}${path}`, { method, headers, body, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
  }
});

function workOf(statements: readonly string[]): Work {
  const work: Work = { reads: 0, writes: 0, commits: 0 };
  let isOwn = false;
  for (const sql of statements) {
    if (/^commit/i.test(sql)) work.commits += isOwn ? 1 : 0;
    if (/^(begin|commit)/i.test(sql)) isOwn = false;
    if (!/^(select|with|insert|update|delete)/i.test(sql) || BACKGROUND.test(sql)) continue;
    isOwn = true;
    if (/^(select|with)/i.test(sql)) work.reads += 1;
    else work.writes += 1;
  }
  return work;
}
