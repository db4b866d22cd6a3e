import type { Realm } from '@signup-with-platform/protocol';
import { APP_NAME, EMAILS, PASSWORD, SIGNUP_ENDPOINT } from './cast.ts';
import { expectOk, join, upload } from './forms.ts';
import type { Installation } from './installation.ts';
import { changeKeys, fillTeam, registerApp } from './make-app.ts';
import { makeUsers, meetAda, meetTess, meetTheOthers } from './make-people.ts';
import { linkInMail, publishedKeys } from './visits.ts';
import type { World } from './world.ts';

/**
 * Fills a new installation with one of everything, in the ways in which people, vendors and the operator do it: by their pages, the API and
 * the command line. Nothing is written into the database by hand, so that a fixture holds what this version really leaves behind.
 */
export async function makeWorld(installation: Installation, version: string): Promise<World> {
  const owner = await join(installation, EMAILS.owner, 'Olga');
  const app = await registerApp(installation, owner);
  const logo = await upload(installation, owner, `${app.path}/logo`, 'logo', `${app.path}/settings`);
  await fillTeam(installation, owner, app.path);
  const { vendor_user } = await makeUsers(installation, app.environments.production.api_key);
  const ada = await meetAda(installation, app.environments.production);
  const tess = await meetTess(installation, app.environments);
  await meetTheOthers(installation, app.environments.production);
  const { client_secret, ...keys } = await changeKeys(owner, app);
  const replaced = app.environments.production.api_key;
  const { api_key, kids } = await operate(installation, replaced);
  // After Tess has agreed: the shop's endpoint cannot be reached from here.
  const setup = await owner.get(`${app.path}/sandbox`);
  await expectOk(owner.submit(setup, '/signup-endpoint', { url: SIGNUP_ENDPOINT, key: 'key-of-the-platform' }));
  const { idTokenAlg } = (await installation.platform.storage.apps.findDetails(app.id)) ?? {};
  // The API is read once more, so that what was disclosed is on record.
  await installation.vendor(api_key).get(`/users/${ada.sub}`);

  return {
    about: 'Test data: passwords, secrets and keys that open nothing but the fixture beside this file.',
    version,
    made_at: new Date().toISOString(),
    password: PASSWORD,
    app: { id: app.id, name: APP_NAME, logo, id_token_alg: idTokenAlg ?? 'ES256' },
    environments: {
      localhost: { ...app.environments.localhost, sub: tess.subs.localhost },
      'development:sandbox': { ...app.environments['development:sandbox'], sub: tess.subs['development:sandbox'] },
      production: { ...app.environments.production, client_secret, api_key, sub: ada.sub },
    },
    previous_client_secret: app.environments.production.client_secret,
    keys: { replaced, ...keys },
    signup_endpoint: SIGNUP_ENDPOINT,
    signing_keys: {
      production: await kidsOf(installation, 'production'),
      // The server notices within seconds, and need not have done so yet.
      sandbox: [...new Set([...(await kidsOf(installation, 'sandbox')), ...kids])],
    },
    emails: EMAILS,
    cookies: { ada: ada.cookies, tess: tess.cookies },
    ada: ada.kept,
    links: {
      invitation: await linkInMail(installation, EMAILS.invited, 'invitation'),
      confirm_email: await linkInMail(installation, EMAILS.unconfirmed, 'confirm-email'),
    },
    vendor_user,
  };
}

/** What the operator does at the command line: each a process, so all at once. */
async function operate(
  { platform, command }: Installation,
  apiKey: string,
): Promise<{ api_key: string; kids: string[] }> {
  const [blocked] = await platform.storage.realm('production').accounts.findByEmail(EMAILS.blocked);
  const [key, signingKey] = await Promise.all([
    command('key', 'rotate', apiKey.slice(0, 12), '--grace', '7d'),
    command('signing-key', 'rotate', '--realm', 'sandbox'),
    command('account', 'block', blocked?.id ?? ''),
  ]);
  const made = signingKey['keys'] as { kid: string }[];
  return { api_key: String(key['api_key']), kids: made.map(({ kid }) => kid) };
}

async function kidsOf(installation: Installation, realm: Realm): Promise<string[]> {
  return (await publishedKeys(installation, realm)).keys.map(({ kid = '' }) => kid);
}
