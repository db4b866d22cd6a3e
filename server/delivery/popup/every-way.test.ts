import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { issuerOf, REALMS, type Realm } from '@signup-with-platform/protocol';
import { goOn, type Journey } from '#testing/every-way/outcome.ts';
import { meet, type PersonKind, type Somebody, type World } from '#testing/every-way/people.ts';
import { WAYS, type WayName } from '#testing/every-way/ways.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';
import { SHOP_ORIGIN } from '#testing/test-platform.ts';
import { startUpstreamPlatform } from '#testing/upstream-journey.ts';

/**
 * How each way ends for each kind of person, with a browser that has never been here. `same`: signed in to the account that they have; `new`:
 * with an account that is made for them; after the colon, what they were asked before the credential. Otherwise, why nobody was let in, as the
 * page says. Both realms are alike.
 */
const TABLE: Readonly<Record<WayName, Readonly<Record<PersonKind, string>>>> = {
  'password, at sign-in': {
    new: 'invalid_credentials',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'invalid_credentials',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'invalid_credentials',
  },
  // A known address is no identity here, so nobody learns of the account that has it (decision 0006).
  'password, at sign-up': {
    new: 'new: consent',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'new: consent',
    blocked: 'new: consent',
    leaving: 'account_leaving',
    deleted: 'new: consent',
  },
  // Nobody can tell who made the claim to an address that nobody has confirmed, so it ends (invariant 17).
  'code, at sign-in': {
    new: 'new: name, consent',
    returning: 'same',
    unconfirmed: 'new: name, consent',
    address_only: 'same: consent',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'new: name, consent',
  },
  'code, at sign-up': {
    new: 'new: name, consent',
    returning: 'same',
    unconfirmed: 'new: name, consent',
    address_only: 'same: consent',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'new: name, consent',
  },
  'forgotten password': {
    new: 'new: name, consent',
    returning: 'same: new-password',
    unconfirmed: 'new: name, consent',
    address_only: 'same: new-password, consent',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'new: name, consent',
  },
  passkey: {
    new: 'passkey_refused',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'passkey_refused',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'passkey_refused',
  },
  // An equal address opens nothing, however much the other login is trusted about it (decision 0048).
  'another login': {
    new: 'new: consent',
    returning: 'same',
    unconfirmed: 'same',
    address_only: 'address_known',
    blocked: 'account_blocked',
    leaving: 'account_leaving',
    deleted: 'new: consent',
  },
};

describe('every way, in every realm, for everybody', () => {
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
    for (const way of Object.keys(TABLE) as WayName[])
      for (const [kind, expected] of Object.entries(TABLE[way]) as [PersonKind, string][])
        it(`${realm}: ${way}, ${kind} → ${expected}`, async () => {
          const { platform, apps } = world;
          const somebody = await meet(world, realm, kind);
          const before = await standing(realm, somebody);
          const browser = platform.browser();
          const { clientId } = apps[realm];
          const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
          const proven = await WAYS[way].go({ world, realm, browser, first, somebody });
          const journey = await goOn(browser, proven);
          assert.equal(await wordsFor(realm, somebody, journey), expected);
          if (journey.ends === 'credential') await checkCredential(realm, way, kind, journey);
          else {
            await checkRefusal(realm, journey, browser);
            assert.deepEqual(await standing(realm, somebody), before);
          }
        });

  /** How a journey ended, as {@link TABLE} has it. */
  async function wordsFor(realm: Realm, { account }: Somebody, journey: Journey): Promise<string> {
    if (journey.ends === 'refused') return journey.says;
    const { asked, page } = journey;
    const users = world.platform.storage.realm(realm).users;
    const user = account && (await users.findByAccount(world.apps[realm].clientId, account.id));
    const whose = user !== undefined && user.id === page.claims['sub'] ? 'same' : 'new';
    return asked.length > 0 ? `${whose}: ${asked.join(', ')}` : whose;
  }

  /** The credential is of this realm, the audit log says how the person came, and neither says more of the address than was proven. */
  async function checkCredential(realm: Realm, way: WayName, kind: PersonKind, { page }: Journey): Promise<void> {
    const { claims } = page;
    assert.equal(claims['iss'], issuerOf(world.platform.url, realm));
    const [started] = await world.platform.storage.auditLog.list({ act: 'session.started', limit: 1 });
    const { method } = WAYS[way];
    const from = method === 'upstream' ? { upstream: 'acme' } : {};
    assert.deepEqual(started?.detail, { method, app: world.apps[realm].clientId, ...from });
    const isMadeByPassword = way === 'password, at sign-up' && kind !== 'returning';
    const isUnproven = kind === 'unconfirmed' && !way.startsWith('code') && way !== 'forgotten password';
    assert.equal(claims['email_verified'], !isMadeByPassword && !isUnproven);
  }

  /** Nobody is signed in, also not by reloading, and the person can try another way, or give up. */
  async function checkRefusal(realm: Realm, { page }: Journey, browser: HttpBrowser): Promise<void> {
    assert.ok(page.form('/sign-in') && page.form('/cancel'));
    const again = await browser.get(page.url.pathname.replace(/(\/interaction\/[^/]+).*/, '$1'));
    assert.throws(() => again.form('/consent'));
    const portal = await browser.get(realm === 'sandbox' ? '/sandbox/account' : '/account');
    assert.match(portal.url.pathname, /\/account\/sign-in$/);
  }

  /** What a refusal leaves as it was. */
  async function standing(realm: Realm, { account }: Somebody) {
    const { accounts, sessions, passkeys, identities } = world.platform.storage.realm(realm);
    if (!account) return undefined;
    const { id } = account;
    return {
      account: await accounts.find(id),
      sessions: (await sessions.list(id)).total,
      passkeys: (await passkeys.list(id)).length,
      identities: (await identities.list(id)).length,
    };
  }

  it('tells the shop once that somebody did not get in, and not what is wrong with their account', async () => {
    for (const { clientId } of Object.values(world.apps)) {
      const filter = { kinds: ['popup.sign_in_failed'] };
      // They are written a moment after they happened.
      const { events } = await until(
        () => world.platform.storage.appEvents.list(clientId, { limit: 1_000, filter }),
        ({ events: written }) => written.length >= TOLD.length,
      );
      assert.deepEqual(events.map(({ detail }) => detail['reason']).sort(), TOLD.toSorted());
    }
  });
});

/** What the shop is told of the refusals of one realm. Whoever is asked to sign in to the account that has their address is still on the way. */
const TOLD = Object.values(TABLE)
  .flatMap((row) => Object.values(row))
  .filter((outcome) => !/^(same|new)/.test(outcome) && outcome !== 'address_known')
  .map((outcome) => (outcome.startsWith('account_') ? 'account_unavailable' : outcome));

async function until<Value>(read: () => Promise<Value>, isThere: (value: Value) => boolean): Promise<Value> {
  const deadlineMs = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (isThere(value) || Date.now() > deadlineMs) return value;
    await setTimeout(100);
  }
}
