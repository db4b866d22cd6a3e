import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { BUILT_IN } from '#domain/claims/catalogue.ts';
import { openDataKeys } from '../../data-key/open-data-keys.ts';
import { importPeople } from '../../domain/import/import-people.ts';
import type { Page } from '../../testing/http-journey.ts';
import { appCode } from '../../testing/second-factor.ts';
import { SoftwareAuthenticator } from '../../testing/software-authenticator.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

/** As in the vectors of password-forms. */
const PASSWORD = 'Grüße an Zoë 12';
const PASSWORD_HASH = '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.';
const TOTP = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('somebody who was brought from another system', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform();
    clientId = (await platform.createApp({ environment: 'production' })).clientId;
  });
  after(() => platform.close());

  let people = 0;
  async function bring(
    row: object,
  ): Promise<{ email: string; browser: ReturnType<TestPlatform['browser']>; first: Page }> {
    people += 1;
    const email = `brought-${people}@example.com`;
    async function* rows() {
      yield { line: 1, row: { id: `brought-${people}`, email, email_verified: true, given_name: 'Ada', ...row } };
    }
    const { created } = await importPeople(platform.storage, rows(), {
      ...{ realm: 'production', source: email, issuers: [], dryRun: false, rpId: new URL(platform.url).hostname },
      fields: BUILT_IN,
      dataKeys: openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: platform.dataDir }),
      onReject: ({ reason }) => assert.fail(reason),
    });
    assert.equal(created, 1);
    const browser = platform.browser();
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    return { email, browser, first };
  }
  const consents = () => [{ client_id: clientId, fields: ['name', 'email'] }];

  it('is not asked for what they have agreed to there', async () => {
    const { browser, first, email } = await bring({ password_hash: PASSWORD_HASH, consents: consents() });
    const { claims } = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    assert.deepEqual([claims['email'], claims['given_name']], [email, 'Ada']);
  });

  it('is asked for what they have not agreed to', async () => {
    const row = { password_hash: PASSWORD_HASH, consents: [{ client_id: clientId, fields: ['name'] }] };
    const { browser, first, email } = await bring(row);
    const asked = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    assert.match(asked.heading, /^Share/);
    assert.equal((await browser.submit(asked, '/consent')).claims['email'], email);
  });

  it('is asked for a code of the app that they had there, and nobody gets in without it', async () => {
    const { browser, first, email } = await bring({ password_hash: PASSWORD_HASH, totp: TOTP, consents: consents() });
    const asked = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    assert.equal(asked.heading, 'Enter the code from your app');
    const { claims } = await browser.submit(asked, '/second-factor', { code: appCode(TOTP) });
    assert.equal(claims['email'], email);
  });

  it('signs in with a passkey that was made there for the same host, under the name that it knows them by', async () => {
    const authenticator = new SoftwareAuthenticator(platform.url);
    const handle = Buffer.from('their id there').toString('base64url');
    const made = authenticator.create({
      ...{
        challenge: 'Y2hhbGxlbmdl',
        rp: { id: new URL(platform.url).hostname, name: 'Former' },
        pubKeyCredParams: [],
      },
      user: { id: handle, name: 'ada', displayName: 'Ada' },
    });
    const { response } = JSON.parse(made) as { response: { attestationObject: string } };
    const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')));
    const { credentialPublicKey = new Uint8Array() } = parseAuthenticatorData(attestation.get('authData'));
    const passkey = {
      ...{ credential_id: authenticator.credentialId, public_key: Buffer.from(credentialPublicKey).toString('base64') },
      ...{ rp_id: new URL(platform.url).hostname, user_handle: handle },
    };
    const { browser, first, email } = await bring({ passkeys: [passkey], consents: consents() });
    const [, json = ''] = / data-passkey-request="([^"]*)"/.exec(first.html) ?? [];
    const request: PublicKeyCredentialRequestOptionsJSON = JSON.parse(json.replaceAll('&quot;', '"'));
    const id = (await platform.storage.realm('production').accounts.findVerified(email))?.id ?? '';
    const userHandle = Buffer.from(id).toString('base64url');
    const wrong = await browser.submit(first, '/passkey', { response: authenticator.get(request, { userHandle }) });
    assert.equal(wrong.heading, 'Sign in');
    const right = await browser.submit(first, '/passkey', { response: authenticator.get(request) });
    assert.equal(right.claims['email'], email);
  });
});
