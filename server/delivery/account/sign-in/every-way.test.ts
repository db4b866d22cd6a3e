import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { REALMS, type Realm } from '@signup-with-platform/protocol';
import type { RecordedAuditEntry } from '#storage/audit-log.ts';
import { refusalOn } from '#testing/every-way/outcome.ts';
import { meet, type PersonKind, type Somebody, type World } from '#testing/every-way/people.ts';
import { PORTAL_WAYS, type PortalWayName, portalOf } from '#testing/every-way/portal-ways.ts';
import type { Page } from '#testing/http-journey.ts';
import { startUpstreamPlatform } from '#testing/upstream-journey.ts';

/**
 * How each way into the account pages ends for each kind of person, as in the table of the popup. Whoever is about to be deleted is let in,
 * to keep the account, and sees nothing else: `kept`.
 */
const TABLE: Readonly<Record<PortalWayName, Readonly<Record<PersonKind, string>>>> = {
  'password, at sign-in': {
    new: 'invalid_credentials',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'invalid_credentials',
    blocked: 'account_blocked',
    leaving: 'kept',
    deleted: 'invalid_credentials',
  },
  'password, at sign-up': {
    new: 'new',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'new',
    blocked: 'new',
    leaving: 'kept',
    deleted: 'new',
  },
  passkey: {
    new: 'passkey_refused',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'passkey_refused',
    blocked: 'account_blocked',
    leaving: 'kept',
    deleted: 'passkey_refused',
  },
  'another login': {
    new: 'new',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'address_known',
    blocked: 'account_blocked',
    leaving: 'kept',
    deleted: 'new',
  },
};

/**
 * In the sandbox, each app has people of its own, and another login opens their accounts in that app's popup alone. The account pages are no app's, so
 * there it opens an account that belongs to none.
 */
const AT_NO_APP: Readonly<Record<PersonKind, string>> = {
  new: 'new',
  returning: 'new',
  unconfirmed: 'new',
  address_only: 'new',
  blocked: 'new',
  leaving: 'new',
  deleted: 'new',
};

const tableOf = (realm: Realm) => (realm === 'sandbox' ? { ...TABLE, 'another login': AT_NO_APP } : TABLE);

describe('every way into the account pages, in every realm, for everybody', () => {
  let world: World;
  before(async () => {
    const platform = await startUpstreamPlatform({ trust_email: true, realms: REALMS }, { alone: true });
    const apps = {
      production: await platform.createApp({ environment: 'production' }),
      sandbox: await platform.createApp(),
    };
    world = { platform, apps };
  });
  after(() => world.platform.close());

  for (const realm of REALMS)
    for (const way of Object.keys(TABLE) as PortalWayName[])
      for (const [kind, expected] of Object.entries(tableOf(realm)[way]) as [PersonKind, string][])
        it(`${realm}: ${way}, ${kind} → ${expected}`, async () => {
          const somebody = await meet(world, realm, kind);
          const base = portalOf(realm);
          const browser = world.platform.browser();
          const before = Date.now();
          const page = await PORTAL_WAYS[way].go({ world, base, browser, somebody });
          const entries = await entriesSince(before);
          const acts: readonly string[] = entries.map(({ act }) => act);
          // The one at the shop, before, names its app.
          const started = entries.find(({ act, detail }) => act === 'session.started' && !('app' in (detail ?? {})));
          assert.equal(wordsFor(way, somebody, page, started), expected);
          const isNoted = ['session.refused', 'passkey.refused'].some((act) => acts.includes(act));
          const isRefused = !['same', 'new', 'kept', 'address_known'].includes(expected);
          assert.equal(isNoted, isRefused, 'the audit log has a refusal, and nothing else has one');
          const home = await browser.get(`${base}/profile`);
          const isIn = home.url.pathname === `${base}/profile`;
          assert.equal(isIn, ['same', 'new'].includes(expected), home.url.pathname);
          if (expected === 'kept') assert.equal(home.url.pathname, `${base}/data/deletion`);
          if (kind === 'deleted' && somebody.account)
            assert.equal(await world.platform.storage.realm(realm).accounts.find(somebody.account.id), undefined);
        });

  function wordsFor(
    way: PortalWayName,
    { account }: Somebody,
    page: Page,
    started: RecordedAuditEntry | undefined,
  ): string {
    if (started === undefined) return refusalOn(page) ?? `nobody knows: ${page.heading} (${page.status})`;
    assert.deepEqual(started.detail, { method: PORTAL_WAYS[way].method });
    if (started.subject !== `account:${account?.id}`) return 'new';
    return page.url.pathname.endsWith('/data/deletion') ? 'kept' : 'same';
  }

  function entriesSince(sinceMs: number): Promise<RecordedAuditEntry[]> {
    return world.platform.storage.auditLog.list({ since: new Date(sinceMs) });
  }
});
