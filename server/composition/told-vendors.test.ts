import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { connect, csrfOf, openShop, resident } from '#portal/testing/resident.ts';
import { randomId } from '../storage/ids.ts';
import { ApiCaller } from '../testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const FIELDS = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'phone_number', required: false },
] as const;

/** From the pages that people and vendors use to the events, so that no page changes something behind the events' back. */
describe('what vendors are told', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  async function shopThatListens() {
    const shop = await platform.createApp({ environment: 'production', fields: FIELDS });
    const id = randomId();
    const endpoint = {
      realm: 'production',
      clientId: shop.clientId,
      url: 'https://[2001:db8::1]/',
      secret: 'x',
    } as const;
    await platform.storage.webhooks.create({ id, ...endpoint });
    const told = async () => {
      const list = await platform.storage.webhookDeliveries.list(id, {}, { limit: 100 });
      const parts = list.map(({ type, sequence = 0, body = '{"data":{}}' }) => {
        const { data } = JSON.parse(body) as { data: { changed?: string[] } };
        return { sequence, line: [type, ...(data.changed ?? [])].join(' ') };
      });
      return parts.sort((one, other) => one.sequence - other.sequence).map(({ line }) => line);
    };
    return { shop, told };
  }

  it('follows a person from the first consent to the end of the account', async () => {
    const { shop, told } = await shopThatListens();
    const { told: strangers } = await shopThatListens();
    const { browser, account } = await resident(platform, { phoneNumber: '+31206241111' });
    await connect(browser, shop, 'name email phone_number');
    assert.deepEqual(await told(), ['user.created']);

    // Somebody who comes back changes nothing.
    assert.ok((await openShop(browser, shop, 'name email')).delivery);
    assert.deepEqual(await told(), ['user.created']);

    await browser.submit(await browser.get('/account/profile/name'), '/profile/name', { given_name: 'Grace' });
    const shopPage = `/account/shops/${shop.clientId}`;
    const csrf = await csrfOf(browser);
    await browser.post(`${shopPage}/stop`, { csrf, field: 'phone_number' });
    const lines = [
      'user.created',
      'user.updated name given_name',
      'user.consent_changed phone_number phone_number_verified',
    ];
    assert.deepEqual(await told(), lines);

    await browser.submit(await browser.get(`${shopPage}/disconnect`), '/disconnect');
    await browser.submit(await browser.get('/account/profile/name'), '/profile/name', { given_name: 'Joan' });
    assert.deepEqual(await told(), [...lines, 'user.disconnected'], 'and of nothing once nothing is shared');

    await connect(browser, shop, 'name email');
    assert.deepEqual((await told()).slice(4), [
      'user.consent_changed name given_name family_name email email_verified',
    ]);
    await platform.storage.realm('production').accountDeletion.request(account.id, new Date(Date.now() - 1));
    await platform.storage.realm('production').accountDeletion.erase(account.id);
    assert.deepEqual(await told(), ['user.deleted']);
    assert.deepEqual(await strangers(), []);
  });

  it('follows users that a vendor makes by the API', async () => {
    const { shop, told } = await shopThatListens();
    const vendor = new ApiCaller(platform, shop.apiKey);
    const user = { email: 'made@example.com', username: 'maker', password: 'secret-Password1' };
    const { id } = (await vendor.post('/users', user)).body;
    await vendor.put(`/users/${id}`, { first_name: 'Ada' });
    assert.deepEqual(await told(), ['user.created', 'user.updated given_name']);
    await vendor.delete(`/users/${id}`);
    assert.deepEqual(await told(), ['user.deleted']);
  });
});
