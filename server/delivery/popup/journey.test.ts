import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { createTestDatabase, ENGINES, type Engine, type TestDatabase } from '../../storage/testing/engines.ts';
import { HttpBrowser, type Page } from '../../testing/http-journey.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

/** What people and shops see; behind it stand two servers, and every request meets the other one. */
const PUBLIC_URL = 'http://id.localhost';
const PASSWORD = 'an engine of difference';

for (const engine of ENGINES) describe(`the journey (${engine}, two servers in turn)`, () => journey(engine));

function journey(engine: Engine): void {
  let database: TestDatabase;
  let servers: TestPlatform[];
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    database = await createTestDatabase(engine);
    const { databaseUrl, dataDir } = database.settings;
    const env = databaseUrl
      ? { PUBLIC_URL, DATABASE_URL: databaseUrl, DATA_DIR: temporaryDirectory() }
      : { PUBLIC_URL, DATA_DIR: dataDir };
    servers = await Promise.all([startTestPlatform(env), startTestPlatform(env)]);
    [platform] = servers as [TestPlatform];
    ({ clientId } = await platform.createApp());
  });
  after(async () => {
    for (const server of servers) await server.close();
    await database.remove();
  });

  const browser = () => {
    const ports = servers.map(({ app }) => (app.server.address() as AddressInfo).port);
    return new HttpBrowser(
      PUBLIC_URL,
      ports.map((port) => `http://localhost:${port}`),
    );
  };
  const open = (person: HttpBrowser, more: Record<string, string> = {}) =>
    person.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: 'nonce-1', ...more });

  async function signUp(person: HttpBrowser, email: string, more: Record<string, string> = {}): Promise<Page> {
    const first = await open(person, more);
    assert.equal(first.heading, 'Sign in');
    const link = first.signUpAddress;
    const form = await person.get(link);
    assert.equal(form.heading, 'Create your Platform account');
    return person.submit(form, '/sign-up', { given_name: 'Łukasz', family_name: "O'Brien", email, password: PASSWORD });
  }

  /** Signs up where no shop is, because an account of the sandbox that a shop's popup made is that shop's alone. */
  async function signUpAtPortal(person: HttpBrowser, email: string): Promise<Page> {
    const form = await person.get('/sandbox/account/sign-up');
    const values = { given_name: 'Łukasz', family_name: "O'Brien", email, password: PASSWORD };
    return person.submit(form, '/account/sign-up', values);
  }

  it('ends with a credential that says what was agreed to', async () => {
    const person = browser();
    const consent = await signUp(person, 'lukasz@example.com');
    assert.equal(consent.heading, 'Share your details with Test Shop?');
    assert.ok(consent.html.includes('Łukasz O&#39;Brien') && consent.html.includes('lukasz@example.com'));
    const last = await person.submit(consent, '/consent');
    assert.equal(last.status, 200);
    assert.equal(last.delivery?.targetOrigin, SHOP_ORIGIN);
    const { credential = '', ...message } = last.message;
    const issuer = `${PUBLIC_URL}/sandbox`;
    assert.deepEqual(message, { type: 'signup-with-platform:response', state: 'state-1', iss: issuer });

    const keys = JSON.parse((await person.get('/sandbox/jwks')).html) as JSONWebKeySet;
    const { payload, protectedHeader } = await jwtVerify(credential, createLocalJWKSet(keys), {
      issuer,
      audience: clientId,
      algorithms: ['ES256'],
    });
    const { iat = 0, exp = 0, jti, sub, ...claims } = payload;
    assert.equal(protectedHeader.alg, 'ES256');
    assert.equal(exp - iat, 3600);
    assert.match(jti ?? '', /^[\w-]{22}$/);
    assert.match(sub ?? '', /^[\w-]{22}$/);
    assert.deepEqual(claims, {
      iss: issuer,
      aud: clientId,
      nonce: 'nonce-1',
      environment: 'localhost',
      is_new_user: true,
      name: "Łukasz O'Brien",
      given_name: 'Łukasz',
      family_name: "O'Brien",
      email: 'lukasz@example.com',
      email_verified: false,
    });
  });

  it('lives as long as the app says, from 5 minutes to an hour', async () => {
    for (const lifetime of [300, 900]) {
      const app = await platform.createApp({ credentialLifetimeSeconds: lifetime });
      const person = browser();
      const consent = await signUp(person, `lives-${lifetime}@example.com`, { client_id: app.clientId });
      const { claims } = await person.submit(consent, '/consent');
      assert.equal(Number(claims['exp']) - Number(claims['iat']), lifetime);
    }
  });

  it('is one page for who has agreed before, also after signing in elsewhere', async () => {
    const person = browser();
    const first = await person.submit(await signUp(person, 'again@example.com'), '/consent');
    const second = await open(person, { state: 'state-2', nonce: 'nonce-2' });
    assert.equal(second.url.pathname, '/popup');
    assert.equal(second.message.state, 'state-2');
    assert.equal(second.claims['nonce'], 'nonce-2');
    assert.equal(second.claims['is_new_user'], false);
    assert.equal(second.claims['sub'], first.claims['sub']);

    const elsewhere = browser();
    const page = await open(elsewhere);
    const wrong = await elsewhere.submit(page, '/sign-in', {
      email: 'again@example.com',
      password: 'a wrong password',
    });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.form('/sign-in').values['email'], 'again@example.com');
    assert.equal(wrong.form('/sign-in').values['password'], '');
    const right = await elsewhere.submit(wrong, '/sign-in', { email: 'AGAIN@example.com', password: PASSWORD });
    assert.equal(right.claims['sub'], first.claims['sub']);
  });

  it('asks for what is new, and for that only', async () => {
    const person = browser();
    await person.submit(await signUp(person, 'more@example.com'), '/consent');
    const consent = await open(person, { fields: 'name email address' });
    assert.deepEqual(Object.keys(consent.form('/consent').values).sort(), [
      'already',
      'country',
      'csrf',
      'locality',
      'postal_code',
      'region',
      'street_address',
      'submission',
    ]);
    const incomplete = await person.submit(consent, '/consent', {
      share: 'address',
      street_address: '12 Canal Street',
      country: 'NL',
    });
    assert.equal(incomplete.status, 400);
    const { values } = incomplete.form('/consent');
    assert.deepEqual(
      [values['share'], values['street_address'], values['country']],
      ['address', '12 Canal Street', 'NL'],
    );
    const last = await person.submit(incomplete, '/consent', { locality: 'Amsterdam' });
    assert.deepEqual(last.claims['address'], {
      street_address: '12 Canal Street',
      locality: 'Amsterdam',
      country: 'NL',
    });
    assert.equal(last.claims['email'], 'more@example.com');
    assert.equal(last.claims['is_new_user'], false);
  });

  it('takes a refused field for refused, now and next time', async () => {
    const person = browser();
    await person.submit(await signUp(person, 'private@example.com'), '/consent');
    const consent = await open(person, { fields: 'email locale' });
    assert.equal(consent.form('/consent').values['share'], 'locale', 'what is known is ticked');
    const last = await person.submit(consent, '/consent', { share: [] });
    assert.ok(!('locale' in last.claims));
    assert.ok(!('locale' in (await open(person, { fields: 'email locale' })).claims));
  });

  it('gives another shop another id, and asks anew', async () => {
    const person = browser();
    await signUpAtPortal(person, 'pairwise@example.com');
    const here = await person.submit(await open(person), '/consent');
    const other = await platform.createApp({ name: 'Other Shop' });
    const consent = await open(person, { client_id: other.clientId });
    assert.equal(consent.heading, 'Share your details with Other Shop?');
    const there = await person.submit(consent, '/consent');
    assert.notEqual(there.claims['sub'], here.claims['sub']);
    assert.equal(there.claims['is_new_user'], true);
  });

  it('does not end in a circle when an app requires what the account lacks and the page cannot ask for', async () => {
    const fields = [
      { field: 'email', required: true },
      { field: 'picture', required: true },
    ] as const;
    const app = await platform.createApp({ fields });
    const person = browser();
    await signUpAtPortal(person, 'faceless@example.com');
    const consent = await open(person, { client_id: app.clientId });
    const last = await person.submit(consent, '/consent');
    assert.equal(last.claims['email'], 'faceless@example.com');
    assert.ok(!('picture' in last.claims));
    assert.ok((await open(person, { client_id: app.clientId })).message.credential);
  });

  it('confirms the address by the link in the mail and one more click', async () => {
    const person = browser();
    const consent = await signUp(person, 'confirm@example.com');
    assert.ok(consent.html.includes('Not confirmed yet'));
    const mail = (await platform.storage.mails.list()).find(({ to }) => to === 'confirm@example.com');
    const link = /http:\S+/.exec(mail?.text ?? '')?.[0] ?? '';

    // An email scanner opens every link it finds.
    assert.equal((await browser().get(link)).status, 200);
    const ask = await person.get(link);
    assert.equal(ask.heading, 'Confirm your email address');
    const unchanged = await platform.storage.realm('sandbox').accounts.findByEmail('confirm@example.com');
    assert.equal(unchanged[0]?.emailVerified, false, 'opening the link does nothing');
    assert.equal((await person.submit(ask, '/confirm-email')).heading, 'Your email address is confirmed');
    const again = await person.submit(ask, '/confirm-email');
    assert.equal(again.status, 400);
    assert.equal(again.heading, 'This link no longer works');

    const last = await person.submit(consent, '/consent');
    assert.equal(last.claims['email_verified'], true);
  });

  it('has one effect when a form reaches both servers at once, and both give the same answer', async () => {
    const person = browser();
    const page = await open(person);
    const form = (await person.get(page.signUpAddress)).form('/sign-up');
    const email = 'twice@example.com';
    const values = { ...(form.values as Record<string, string>), email, password: PASSWORD };
    const answers = await Promise.all(
      servers.map(async ({ app }) => {
        const { port } = app.server.address() as AddressInfo;
        const response = await fetch(`http://localhost:${port}${form.action}`, {
          method: 'POST',
          headers: { cookie: person.cookieHeader(form.action), origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' },
          body: new URLSearchParams(values),
          redirect: 'manual',
        });
        return [response.status, response.headers.get('location'), response.headers.getSetCookie()];
      }),
    );
    assert.equal(answers[0]?.[0], 303);
    assert.deepEqual(answers[1], answers[0]);
    assert.equal((await platform.storage.realm('sandbox').accounts.findByEmail(email)).length, 1);
  });

  it('holds for many people at once', async () => {
    const people = Array.from({ length: 6 }, (_, index) => `person${index}@example.com`);
    const credentials = await Promise.all(
      people.map(async (email) => {
        const person = browser();
        return (await person.submit(await signUp(person, email), '/consent')).claims;
      }),
    );
    assert.deepEqual(
      credentials.map(({ email }) => email),
      people,
    );
    assert.equal(new Set(credentials.map(({ sub }) => sub)).size, people.length);
  });
}
