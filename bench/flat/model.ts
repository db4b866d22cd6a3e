import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import { HttpBrowser } from '../../server/testing/http-journey.ts';
import { withPlatform } from '../platform.ts';
import type { Model } from './crowd.ts';

export const ORIGIN = 'http://localhost:1';
export const PASSWORD = 'correct horse battery staple';

/** Somebody who goes through the popup of an app as people do, so that the crowd's rows are as real ones. */
export async function makeModel(): Promise<Omit<Model, 'clientId'> & { ownClientId: string }> {
  return withPlatform(async ({ url, storage, createApp, database: { db } }) => {
    const clientId = await createApp(ORIGIN, 'production');
    const browser = new HttpBrowser(url);
    const { id: accountId } = await storage.realm('production').accounts.create({
      email: 'model@example.com',
      emailVerified: true,
      passwordHash: await hashPassword(PASSWORD),
      givenName: 'Mona',
      familyName: 'Model',
    });
    await signIn(browser, clientId, 'model@example.com');
    const grant = await db.selectFrom('grants').selectAll().executeTakeFirstOrThrow();
    const records = db.selectFrom('oidc_records').selectAll().where('model', '=', 'Session');
    const session = await records.executeTakeFirstOrThrow();
    return {
      ownClientId: clientId,
      accountId,
      grant: grant.payload,
      session: session.payload,
      sessionUid: session.uid ?? '',
    };
  });
}

/** Signs in at the popup of an app, and agrees, unless that was done in a run before this one. */
export async function signIn(browser: HttpBrowser, clientId: string, email: string): Promise<void> {
  const page = await browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
  const next = await browser.submit(page, '/sign-in', { email, password: PASSWORD });
  const last = next.html.includes('/consent"') ? await browser.submit(next, '/consent', {}) : next;
  if (!last.message.credential) throw new Error(`no credential at ${last.url.pathname}`);
}
