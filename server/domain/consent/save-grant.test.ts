import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { CLAIMS_OF_FIELD } from '@signup-with-platform/protocol';
import { connect, openShop, type Resident, resident } from '../../portal/testing/resident.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { onEachPlatform, type PlatformContext } from '../../testing/each-platform.ts';
import type { Page } from '../../testing/http-journey.ts';
import { answering, TestVendorEndpoint } from '../../testing/vendor-endpoint.ts';
import { withdrawField } from './withdraw-field.ts';

const FIELDS = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'phone_number', required: false },
] as const;
const PHONE = '+31 20 555 0123';

onEachPlatform('an agreement and a withdrawal', (context: PlatformContext) => {
  let vendor: TestVendorEndpoint;
  before(async () => {
    vendor = await TestVendorEndpoint.start();
  });
  after(() => vendor.stop());
  const rows = () => context.platform.storage.realm('production');

  /** A person who shares name and email address with a vendor, on the page that asks for the phone number, too. */
  async function asked(): Promise<{ shop: AppSecrets; person: Resident; page: Page }> {
    const { platform } = context;
    const shop = await platform.createApp({ environment: 'production', fields: FIELDS });
    const person = await resident(platform, { phoneNumber: PHONE });
    await connect(person.browser, shop, 'name email');
    return { shop, person, page: await openShop(person.browser, shop, 'name email phone_number') };
  }
  const agree = ({ person, page }: Awaited<ReturnType<typeof asked>>, from = page) =>
    person.browser.submit(from, '/consent', { share: 'phone_number' });
  const disconnect = ({ shop, person }: Awaited<ReturnType<typeof asked>>) =>
    rows().connectedShops.disconnect(person.account.id, shop.clientId);
  const stop = ({ shop, person }: Awaited<ReturnType<typeof asked>>, field: 'name' | 'phone_number') =>
    rows().connectedShops.changeGrant(person.account.id, shop.clientId, (grant) => withdrawField(grant, field));
  const shared = async ({ shop, person }: Awaited<ReturnType<typeof asked>>) => {
    const grant = await rows().grants.findFor(shop.clientId, person.account.id);
    const { openid, rejected } = (grant?.payload ?? {}) as {
      openid?: { claims?: string[] };
      rejected?: { openid?: { claims?: string[] } };
    };
    const declined = rejected?.openid?.claims ?? [];
    return (openid?.claims ?? []).filter((claim) => !declined.includes(claim)).sort();
  };
  const EMAIL = ['email', 'email_verified'];
  const NAME = ['family_name', 'given_name', 'name'];

  /** Runs `act` in the middle of a consent: after the grant was read, and before it is saved. */
  async function meanwhile(journey: Awaited<ReturnType<typeof asked>>, act: () => Promise<unknown>): Promise<Page> {
    const { platform } = context;
    await platform.database.db
      .updateTable('environments')
      .set({ signup_endpoint: vendor.url, signup_key: 'key' })
      .where('client_id', '=', journey.shop.clientId)
      .execute();
    vendor.will(async (response, received) => {
      await act();
      await answering(201, { id: 'customer' })(response, received);
    });
    const page = await agree(journey);
    assert.equal(vendor.received.length, 1);
    return page;
  }

  it('in this order: nothing is shared any more', async () => {
    const journey = await asked();
    assert.equal((await agree(journey)).claims['phone_number'], PHONE);
    assert.deepEqual(await shared(journey), [...EMAIL, ...NAME, ...CLAIMS_OF_FIELD.phone_number].sort());
    assert.equal(await disconnect(journey), true);
    assert.deepEqual(await shared(journey), []);
  });

  for (const [what, withdraw, left] of [
    ['of everything', disconnect, []],
    ['of one field', (journey: Awaited<ReturnType<typeof asked>>) => stop(journey, 'name'), EMAIL],
  ] as const) {
    it(`in the other order, ${what}: it is asked anew, and what the person agrees to then counts`, async () => {
      const journey = await asked();
      await withdraw(journey);
      const anew = await agree(journey);
      assert.equal(anew.status, 409);
      assert.equal(anew.delivery, undefined);
      assert.match(anew.html, /has changed in the meantime/);
      assert.deepEqual(await shared(journey), left);
      const last = await agree(journey, anew);
      assert.equal(last.claims['phone_number'], PHONE);
      assert.equal(last.claims['given_name'], 'Ada');
    });

    it(`at once, ${what}: it stays withdrawn`, async () => {
      const journey = await asked();
      const anew = await meanwhile(journey, () => withdraw(journey));
      assert.equal(anew.status, 409);
      assert.deepEqual(await shared(journey), left);
      assert.equal((await agree(journey, anew)).claims['phone_number'], PHONE);
    });
  }

  it('at once, with an agreement in another window that is withdrawn again: it stays withdrawn', async () => {
    const { platform } = context;
    const shop = await platform.createApp({ environment: 'production', fields: FIELDS });
    const person = await resident(platform, { phoneNumber: PHONE });
    const page = await openShop(person.browser, shop, 'name email phone_number');
    const journey = { shop, person, page };
    const { grants } = rows();
    const other = { id: `other-${shop.clientId}`, clientId: shop.clientId, accountId: person.account.id };
    const anew = await meanwhile(journey, async () => {
      await grants.create({ ...other, payload: { openid: { scope: 'openid', claims: ['phone_number'] } } });
      await stop(journey, 'phone_number');
    });
    assert.equal(anew.status, 409);
    assert.deepEqual(await shared(journey), []);
  });

  it('by two windows at once: both count', async () => {
    const journey = await asked();
    const last = await meanwhile(journey, () =>
      rows().connectedShops.changeGrant(journey.person.account.id, journey.shop.clientId, (grant) => ({
        ...grant,
        openid: { ...(grant['openid'] as object), claims: [...EMAIL, ...NAME, 'locale'] },
      })),
    );
    assert.equal(last.claims['phone_number'], PHONE);
    assert.deepEqual(await shared(journey), [...EMAIL, ...NAME, 'locale', ...CLAIMS_OF_FIELD.phone_number].sort());
  });

  it('sent twice at once, it counts once, and both requests go on', async () => {
    const { platform } = context;
    const shop = await platform.createApp({ environment: 'production', fields: FIELDS });
    const person = await resident(platform, { phoneNumber: PHONE });
    const page = await openShop(person.browser, shop);
    const form = page.form('/consent');
    const pages = await Promise.all([1, 2].map(() => person.browser.post(form.action, { ...form.values })));
    assert.ok(pages.every(({ status }) => status !== 409 && status < 500));
    assert.deepEqual(await shared({ shop, person, page }), [...EMAIL, ...NAME].sort());
  });
});
