import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import { SHOP_ORIGIN, startTestPlatform } from '../../testing/test-platform.ts';

const PASSWORD = 'an engine of difference';

it('a form that is sent again later leaves the session that the browser has got since', async (test) => {
  const platform = await startTestPlatform();
  test.after(() => platform.close());
  const passwordHash = await hashPassword(PASSWORD);
  await platform.storage
    .realm('production')
    .accounts.create({ email: 'ada@example.com', emailVerified: true, givenName: 'Ada', passwordHash });
  const { clientId } = await platform.createApp({ environment: 'production' });
  const browser = platform.browser();
  const { action, values } = (await browser.get('/account/sign-in')).form('/sign-in');
  const filled = { ...values, email: 'ada@example.com', password: PASSWORD };
  const lost = platform.browser();
  lost.restoreCookies(browser.saveCookies());
  await lost.post(action, filled);
  assert.equal((await browser.post(action, filled)).url.pathname, '/account', 'where the first answer was lost');

  // Agreeing changes the session's identifier.
  const popup = {
    client_id: clientId,
    origin: SHOP_ORIGIN,
    state: 's',
    nonce: 'n',
    fields: 'email',
    mode: 'popup',
  } as const;
  await browser.submit(await browser.openPopup(popup), '/consent');
  assert.equal((await browser.post(action, filled)).url.pathname, '/account');
  assert.equal((await browser.get('/account')).heading, 'Hello, Ada');
});
