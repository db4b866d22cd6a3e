import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { resident } from '#portal/testing/resident.ts';
import { until } from '../../scripts/testing/until.ts';
import { ApiCaller, PASSWORD } from '../testing/api-caller.ts';
import { TestSmtpServer } from '../testing/smtp-server.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const STRANGERS = 60;

describe('an app of the sandbox, whose owner nobody knows,', () => {
  let smtp: TestSmtpServer;
  let platform: TestPlatform;
  before(async () => {
    smtp = await TestSmtpServer.start();
    platform = await startTestPlatform({ SMTP_URL: smtp.url });
  });
  after(async () => {
    await platform.close();
    await smtp.stop();
  });

  /** Everybody who was mailed, or is about to be. */
  async function mailed(): Promise<string[]> {
    const due = await platform.database.db
      .selectFrom('mails')
      .select('recipient')
      .where('due_at', 'is not', null)
      .execute();
    return [...due.map(({ recipient }) => recipient), ...smtp.received.flatMap(({ recipients }) => recipients)];
  }

  async function recover(portal: string, email: string): Promise<void> {
    const browser = platform.browser();
    await browser.submit(await browser.get(`${portal}/forgot-password`), '/forgot-password', { email });
  }

  it('mails no stranger: not by its API, not by its popup, not by an invitation', async () => {
    const app = await platform.createApp({ name: 'Bank security' });
    const owner = await resident(platform);
    await platform.storage.appMembers.put(app.appId, owner.account.id, 'owner');
    const api = new ApiCaller(platform, app.apiKey);
    const verify = `/users?verify_user=true&verify_url=${encodeURIComponent(`${SHOP_ORIGIN}/pay`)}`;
    for (let count = 0; count < STRANGERS; count += 1) {
      const email = `stranger${count}@victim.example`;
      assert.equal((await api.post(verify, { email, password: PASSWORD })).status, 200);
    }
    assert.equal((await api.post('/auth/forgot-password', { email: 'stranger1@victim.example' })).status, 200);
    const embed = await fetch(`${platform.url}/embed/forgot-password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': app.apiKey },
      body: JSON.stringify({ userName: 'stranger2@victim.example', language: 'en' }),
    });
    assert.equal(embed.status, 201);

    const browser = platform.browser();
    const popup = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
    const signIn = await browser.openPopup(popup);
    const signUp = await browser.get(signIn.signUpAddress);
    await browser.submit(signUp, '/sign-up', { email: 'popup@victim.example', password: PASSWORD });
    for (const email of ['popup@victim.example', 'recovery@victim.example']) {
      await recover('/sandbox/account', email);
    }

    const form = await owner.browser.get(`/account/apps/${app.appId}/members/invite`);
    await owner.browser.submit(form, '/members/invite', { email: 'invited@victim.example', role: 'developer' });
    // What comes from the platform itself still arrives, so the server works.
    await recover('/account', owner.email);
    await until(async () => (await mailed()).includes(owner.email));
    assert.deepEqual(
      (await mailed()).filter((to) => to.endsWith('@victim.example')),
      [],
    );
  });
});
