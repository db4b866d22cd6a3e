import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Backend } from '../testing/backend.ts';
import { logoForm } from '../testing/prepared.ts';

describe('apps of the sandbox that a key makes', () => {
  let platform: TestPlatform;
  let studio: Backend;
  before(async () => {
    platform = await startTestPlatform();
    studio = await Backend.create(platform, 'sandbox', { scopes: ['apps:write'] });
  });
  after(() => platform.close());

  const ORIGIN = 'https://marten.example';
  const make = (more: object = {}, by = studio) =>
    by.post('/apps', { name: 'Marten Books', origins: [ORIGIN], ...more });

  it('are registered with what the popup shows, and work at once', async () => {
    const fields = [
      { field: 'email', required: true },
      { field: 'address', required: false, reason: 'To deliver what you order' },
    ];
    const pages = { privacy_policy_uri: `${ORIGIN}/privacy`, terms_uri: `${ORIGIN}/terms`, home_page_uri: ORIGIN };
    const { status, json, text } = await make({
      fields,
      redirect_uris: [`${ORIGIN}/callback`],
      ...pages,
      expires_in_days: 14,
    });
    assert.equal(status, 201, text);
    assert.deepEqual([json['environment'], json['fields'], json['origins']], ['development:sandbox', fields, [ORIGIN]]);
    const days = (Date.parse(String(json['expires_at'])) - Date.now()) / 86_400_000;
    assert.ok(days > 13.9 && days < 14.1);
    const users = await fetch(`${platform.url}/1/users`, { headers: { 'x-api-key': String(json['api_key']) } });
    assert.equal(users.status, 200);
    const environment = await platform.storage.appEnvironments.findByClientId(String(json['client_id']));
    assert.deepEqual([environment?.realm, environment?.redirectUris], ['sandbox', [`${ORIGIN}/callback`]]);
    const { client_secret: secret, api_key: apiKey, ...shown } = json;
    assert.deepEqual((await studio.get(`/apps/${json['id']}`)).json, shown);
    assert.ok(!(await studio.get('/apps')).text.includes(String(secret)) && apiKey);
    assert.deepEqual((await studio.acts())[0], ['app.created', `app:${json['id']}`]);
  });

  it('change by what is named', async () => {
    const { json } = await make({ privacy_policy_uri: `${ORIGIN}/privacy`, terms_uri: `${ORIGIN}/terms` });
    const path = `/apps/${json['id']}`;
    const changed = await studio.patch(path, {
      name: 'Marten & Daughters',
      terms_uri: null,
      redirect_uris: [`${ORIGIN}/new`],
    });
    const { name, terms_uri: terms, privacy_policy_uri: privacy, redirect_uris: uris, origins, fields } = changed.json;
    assert.deepEqual([name, terms, privacy], ['Marten & Daughters', null, `${ORIGIN}/privacy`]);
    assert.deepEqual([uris, origins, fields], [[`${ORIGIN}/new`], [ORIGIN], json['fields']]);
    await studio.patch(path, { origins: ['https://other.example'], fields: [{ field: 'email' }] });
    const again = (await studio.get(path)).json;
    assert.deepEqual(
      [again['origins'], again['fields']],
      [['https://other.example'], [{ field: 'email', required: true }]],
    );
    assert.equal(again['name'], 'Marten & Daughters');
  });

  it('get a logo that we have encoded, and no file that is none', async () => {
    const { json } = await make();
    const path = `/apps/${json['id']}/logo`;
    const { status, json: app } = await studio.send('PUT', path, { body: await logoForm() });
    assert.equal(status, 200);
    const picture = await fetch(String(app['logo_uri']));
    assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/webp']);
    const script = new FormData();
    script.append(
      'logo',
      new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'], { type: 'image/png' }),
      'logo.png',
    );
    assert.equal((await studio.send('PUT', path, { body: script })).json['error'], 'not_a_picture');
    const two = await logoForm();
    two.append('logo', 'x');
    assert.equal((await studio.send('PUT', path, { body: two })).status, 400);
    assert.equal((await studio.send('PUT', path, { body: { logo: 'x' } })).status, 415);
  });

  it('are gone when they are deleted', async () => {
    const { json } = await make();
    assert.equal((await studio.send('DELETE', `/apps/${json['id']}`)).status, 200);
    assert.equal((await studio.get(`/apps/${json['id']}`)).status, 404);
    assert.equal(await platform.storage.appEnvironments.findByClientId(String(json['client_id'])), undefined);
    const users = await fetch(`${platform.url}/1/users`, { headers: { 'x-api-key': String(json['api_key']) } });
    assert.equal(users.status, 401);
  });

  it('are found by no other key, and vendors’ apps by none', async () => {
    const other = await Backend.create(platform, 'sandbox', { scopes: ['apps:write'] });
    const { json } = await make();
    const { appId } = await platform.createApp({ name: 'Vendor' });
    const attacks: [backend: Backend, id: unknown][] = [
      [other, json['id']],
      [studio, appId],
      [other, appId],
    ];
    for (const [backend, id] of attacks) {
      for (const [method, path, sent] of [
        ['GET', '', {}],
        ['PATCH', '', { body: { name: 'Taken over' } }],
        ['PUT', '/logo', { body: await logoForm() }],
        ['DELETE', '', {}],
      ] as const)
        assert.equal((await backend.send(method, `/apps/${id}${path}`, sent)).status, 404, `${method} ${path}`);
    }
    assert.deepEqual((await other.get('/apps')).json, { data: [] });
    assert.equal((await platform.storage.apps.find(appId))?.name, 'Vendor');
  });

  it('are refused by the rules that hold for vendors', async () => {
    const mistakes: [more: object, message: RegExp][] = [
      [{ name: '' }, /name: is empty/],
      [{ name: 'Platform' }, /name: reads like the platform/],
      [{ name: 'Marten ✅' }, /name: has a sign/],
      [{ origins: [] }, /origins: needs at least one/],
      [{ origins: ['https://*.example'] }, /origins\.0: .*wildcard/],
      [{ origins: ['http://marten.example'] }, /origins\.0/],
      [{ origins: [platform.url] }, /origins\.0/],
      [{ redirect_uris: [`${ORIGIN}/#x`] }, /redirect_uris\.0/],
      [{ privacy_policy_uri: 'javascript:alert(1)' }, /privacy_policy_uri/],
      [{ fields: [{ field: 'shoe_size' }] }, /fields\.0\.field/],
      [{ fields: [{ field: 'email' }, { field: 'email' }] }, /fields: names a field twice/],
      [{ fields: [{ field: 'email', reason: 'a\u202eb' }] }, /reason/],
      [{ environment: 'production' }, /environment/],
      [{ expires_in_days: 91 }, /expires_in_days/],
      [{ owner_id: 'me' }, /owner_id: not known/],
      [{ logo_uri: 'https://x.example/logo.png' }, /logo_uri: not known/],
    ];
    const before = (await studio.get('/apps')).text;
    for (const [more, message] of mistakes) {
      const { status, json } = await make(more);
      assert.deepEqual([status, json['error']], [400, 'invalid_request'], JSON.stringify(more));
      assert.match(String(json['message']), message);
    }
    assert.equal((await studio.get('/apps')).text, before);
  });
});
