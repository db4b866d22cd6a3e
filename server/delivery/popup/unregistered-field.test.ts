import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

let platform: TestPlatform;
before(async () => {
  platform = await startTestPlatform();
});
after(() => platform.close());

it('a field that the app unregisters while somebody looks at it is shared with nobody, and asked for no more', async () => {
  const name = { field: 'name', required: true } as const;
  const { clientId } = await platform.createApp({ fields: [name, { field: 'birthdate', required: false }] });
  const person = platform.browser();
  const first = await person.openPopup({
    client_id: clientId,
    origin: SHOP_ORIGIN,
    state: 's',
    nonce: 'n',
    fields: 'name birthdate',
  });
  const form = await person.get(first.signUpAddress);
  const email = 'ada@example.com';
  const typed = { given_name: 'Ada', family_name: 'Byron', email, password: 'a rather long one' };
  const consent = await person.submit(form, '/sign-up', typed);
  assert.match(consent.html, /name="birthdate"/);

  const { storage } = platform;
  const app = await storage.appEnvironments.findByClientId(clientId);
  await storage.apps.updateSettings(app?.appId ?? '', { name: 'Shop', fields: [name] });
  const last = await person.submit(consent, '/consent', { share: 'birthdate', birthdate: '1990-05-17' });
  const { claims } = last;
  assert.equal(claims['name'], 'Ada Byron');
  assert.equal(claims['birthdate'], undefined);
});
