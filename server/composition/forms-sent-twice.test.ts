import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { STEP_ROUTES } from '../delivery/popup/routes.ts';
import { openShop, PASSWORD, resident, signInAs } from '../portal/testing/resident.ts';
import { press, type SentForm } from '../portal/testing/two-presses.ts';
import { randomId } from '../storage/ids.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { mailedCode } from '../testing/mailed-code.ts';
import { OWN_FIELDS } from '../testing/own-fields.ts';
import { appCode, givePasskey, giveSecondFactor } from '../testing/second-factor.ts';
import { SHOP_ORIGIN } from '../testing/test-platform.ts';
import { startUpstreamPlatform, through, type UpstreamPlatform } from '../testing/upstream-journey.ts';
import { PORTAL_ROUTES } from './portal-routes.ts';

const NEW_PASSWORD = 'a difference of engines';
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const DAY_MS = 24 * 60 * 60 * 1000;
/** What tells of every request, and not of what it did. */
const TRACES = new Set(['audit_refusals', 'rate_limits', 'submissions', 'app_events', 'disclosures']);

/** It walks the tables of routes, so that a form that takes effect twice cannot be added: a route without its values here fails. */
describe('a form that is sent twice at once', () => {
  let platform: UpstreamPlatform;
  before(async () => {
    platform = await startUpstreamPlatform({ trust_email: true }, { env: { OWN_FIELDS } });
  });
  after(() => platform.close());
  const rows = () => platform.storage.realm('production');

  /** How many rows there are, by table; of the audit log and of mails also what they tell. */
  async function effects(): Promise<Map<string, number>> {
    const { db } = platform.database;
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    for (const { name } of await db.introspection.getTables()) {
      if (TRACES.has(name)) continue;
      for (const _row of await db
        .selectFrom(name as 'accounts')
        .selectAll()
        .execute())
        count(name);
    }
    for (const { act } of await db.selectFrom('audit_log').select('act').execute()) count(`audit log: ${act}`);
    for (const { subject } of await db.selectFrom('mails').select('subject').execute())
      count(`mail: ${subject.replace(/^\d{6}/, 'a code')}`);
    return counts;
  }

  /** Presses a button so many times at once. @returns the answers, and what they changed */
  async function pressing(form: SentForm, times: number) {
    const before = await effects();
    const answers = await press(platform, form, times);
    const changes: Record<string, number> = {};
    for (const [what, count] of await effects()) {
      const change = count - (before.get(what) ?? 0);
      if (change !== 0) changes[what] = change;
    }
    return { answers, changes };
  }

  /** Without what differs in each response. */
  const stable = ({ status, body }: { status: number; body: string }) => {
    const masked =
      /(name="(?:csrf|submission|once)" value|data-masked|data-passkey-\w+)="[^"]*"|<code[^>]*>.*?<\/code>/g;
    return { status, body: body.replaceAll(masked, '') };
  };

  /** Compares a form that is sent once with the like of it that is sent twice at once. */
  async function hasOneEffect(makeForm: () => Promise<SentForm>): Promise<void> {
    const once = await pressing(await makeForm(), 1);
    const twice = await pressing(await makeForm(), 2);
    const [first, second] = twice.answers;
    assert.ok(first && second);
    assert.notEqual(first.status, 403, 'the form is one of ours');
    assert.ok(first.status < 429, `${first.status}`);
    assert.equal(first.status, once.answers[0]?.status);
    if (first.status < 400) assert.deepEqual(second, first);
    // A refusal had no effect, so it is not repeated, but given again.
    else assert.deepEqual(stable(second), stable(first));
    assert.deepEqual(twice.changes, once.changes);
  }

  /** A person with one of everything, and what a route's path names. */
  async function inhabitant() {
    const { storage } = platform;
    const mark = randomUUID();
    const { account, email, browser } = await resident(platform, {
      phoneNumber: '+31 20 555 0101',
      address: { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'NL' },
      otherAddresses: [{ street_address: '3 Canal Row', locality: 'Delft', country: 'NL' }],
    });
    const app = await platform.createApp({
      ownerId: account.id,
      name: 'Fern',
      redirectUris: [`${SHOP_ORIGIN}/callback`],
    });
    await storage.clientSecrets.replace(app.clientId, DAY_MS);
    const shop = await platform.createApp({ environment: 'production' });
    await browser.submit(await openShop(browser, shop, 'name email address'), '/consent');
    const colleague = await rows().accounts.create({ email: `gus.${mark}@example.com`, emailVerified: true });
    await storage.appMembers.put(app.appId, colleague.id, 'owner');
    const invite = (appId: string, to: string) =>
      storage.appInvitations.create({
        appId,
        email: to,
        role: 'developer',
        invitedBy: colleague.id,
        lifetimeMs: DAY_MS,
        mailed: true,
      });
    const [key] = await storage.apiKeys.list(app.clientId);
    const passkeyId = randomId();
    const passkey = { name: 'Laptop', publicKey: 'a2V5', counter: 0, transports: [], synced: false };
    await rows().passkeys.create({ ...passkey, accountId: account.id, credentialId: passkeyId });
    const parameters = {
      identityId: '',
      attempt: '',
      browserId: '',
      address: '1',
      passkeyId,
      clientId: shop.clientId,
      appId: app.appId,
      environment: 'localhost',
      keyId: key?.id ?? '',
      invitationId: (await invite(app.appId, `ines.${mark}@example.com`)).id,
      accountId: colleague.id,
      uid: '',
      mailId: '',
      field: '',
    };
    return { account, email, browser, app, mark, parameters, invite, shop };
  }
  type Inhabitant = Awaited<ReturnType<typeof inhabitant>>;

  type Values = Record<string, string | Blob>;
  interface Setting {
    /** What is typed, and what has to be there before. Default: nothing. */
    values?: (person: Inhabitant, browser: HttpBrowser) => Values | Promise<Values>;
  }

  const typed = (values: Values): Setting => ({ values: () => values });
  const file = (name: string): Setting => typed({ [name]: new Blob([PIXEL], { type: 'image/png' }) });
  const nothing: Setting = {};
  const member: Setting = typed({ role: 'read-only' });
  const address = { street_address: '1 New Street', locality: 'Utrecht', postal_code: '3511', country: 'NL' };
  const code = (purpose: 'reset_password' | 'change_email'): Setting => ({
    values: async ({ account, email, mark }) => ({
      password: NEW_PASSWORD,
      code: await rows().emailCodes.create(
        account.id,
        purpose === 'change_email' ? `new.${mark}@example.com` : email,
        600,
        purpose,
      ),
    }),
  });

  type Begin = (browser: HttpBrowser, person: Inhabitant) => Promise<Page>;
  /** A sign-in that has come to the page of this form. */
  const signingIn = (begin: Begin, type: (page: Page, person: Inhabitant) => Promise<Values> = async () => ({})) => ({
    values: async (person: Inhabitant, browser: HttpBrowser) => {
      const page = await begin(browser, person);
      person.parameters.attempt = /\/signing-in\/([\w-]+)/.exec(page.html)?.[1] ?? assert.fail(page.heading);
      return type(page, person);
    },
  });
  const byPassword: Begin = async (browser, { email }) =>
    browser.submit(await browser.get('/account/sign-in'), '/account/sign-in', { email, password: PASSWORD });
  const codeTo =
    (way: string, to?: string): Begin =>
    async (browser, { email, mark }) => {
      const { values } = (await browser.get('/account/sign-in')).form('/account/sign-in');
      return browser.post('/account/sign-in/code', { ...values, way, email: to ? `${to}.${mark}@example.com` : email });
    };
  const afterCode =
    (way: string, to?: string): Begin =>
    async (browser, person) => {
      const page = await codeTo(way, to)(browser, person);
      return browser.submit(page, '/code-check', { code: await mailedCode(platform, page) });
    };
  /** Somebody with an authenticator app, which they have just used. */
  const withApp = async ({ account, browser }: Inhabitant): Promise<Values> => {
    const app = await giveSecondFactor(platform, account.id);
    const confirm = await browser.get('/account/security/second-factor/remove');
    const asked = await browser.submit(confirm, '/confirm');
    await browser.submit(asked, '/second-factor', { code: await app.code() });
    return {};
  };

  /** By path. */
  const PORTAL: Readonly<Record<string, Setting>> = {
    '/sign-in': { values: ({ email }) => ({ email, password: PASSWORD }) },
    '/sign-out': nothing,
    '/sign-up': { values: ({ mark }) => ({ given_name: 'Eve', email: `eve.${mark}@example.com`, password: PASSWORD }) },
    '/persona': typed({ persona: 'newcomer' }),
    '/start-over': nothing,
    '/confirm': typed({ password: PASSWORD }),
    '/forgot-password': { values: ({ email }) => ({ email }) },
    '/reset-password': code('reset_password'),
    '/profile/name': typed({ given_name: 'Augusta', family_name: 'King' }),
    '/profile/phone': typed({ phone_number: '+31 20 555 0202' }),
    '/profile/birthdate': typed({ birthdate: '1990-05-17' }),
    '/profile/own/:field': {
      values: ({ parameters }) => {
        parameters.field = 'company';
        return { own_company: 'Fern' };
      },
    },
    '/profile/language': typed({ language: 'nl' }),
    '/profile/picture': file('picture'),
    '/profile/picture/remove': nothing,
    '/profile/addresses/new': typed(address),
    '/profile/addresses/:address': typed(address),
    '/profile/addresses/:address/default': nothing,
    '/profile/addresses/:address/remove': nothing,
    '/security/confirmation': {
      values: async ({ account }) => {
        const claim = { email_verified_at: null };
        await platform.database.db.updateTable('accounts').set(claim).where('id', '=', account.id).execute();
        return {};
      },
    },
    '/sign-in/upstream': typed({ upstream: 'acme' }),
    '/security/identities/add': typed({ upstream: 'acme' }),
    '/security/identities/:identityId/remove': {
      values: async ({ account, parameters, mark }) => {
        const identity = { issuer: 'https://login.example', subject: mark, upstream: 'acme', accountId: account.id };
        parameters.identityId = (await rows().identities.create(identity))?.id ?? '';
        return {};
      },
    },
    '/security/email': { values: ({ mark }) => ({ email: `new.${mark}@example.com` }) },
    '/security/email/cancel': nothing,
    '/security/new-email': code('change_email'),
    '/security/password': typed({ password: NEW_PASSWORD, end_others: 'yes' }),
    '/sign-in/passkey': typed({ response: '{}' }),
    '/sign-in/code': { values: ({ email }) => ({ email }) },
    '/signing-in/:attempt/code-check': signingIn(codeTo('sign_in'), async (page) => ({
      code: await mailedCode(platform, page),
    })),
    '/signing-in/:attempt/code-again': signingIn(codeTo('sign_in', 'again'), async () => {
      // As if it were a while ago.
      await platform.database.db.updateTable('mailed_codes').set({ sent_at: 0 }).execute();
      return {};
    }),
    '/signing-in/:attempt/name': signingIn(afterCode('sign_up', 'name'), async () => ({
      given_name: 'Ada',
      password: PASSWORD,
    })),
    '/signing-in/:attempt/new-password': signingIn(afterCode('forgot'), async () => ({ password: NEW_PASSWORD })),
    '/signing-in/:attempt/breached-password': signingIn(
      async (browser, person) => {
        const { passwordHash = '' } = (await rows().accounts.find(person.account.id)) ?? {};
        await rows().accounts.wantNewPassword(person.account.id, passwordHash);
        return byPassword(browser, person);
      },
      async () => ({ password: NEW_PASSWORD }),
    ),
    '/signing-in/:attempt/second-factor': {
      values: async (person, browser) => {
        const app = await giveSecondFactor(platform, person.account.id);
        return signingIn(byPassword, async () => ({ code: await app.code() })).values(person, browser);
      },
    },
    '/signing-in/:attempt/second-factor-passkey': {
      values: async (person, browser) => {
        await giveSecondFactor(platform, person.account.id);
        return signingIn(byPassword, async () => ({ response: '{}' })).values(person, browser);
      },
    },
    '/security/second-factor/begin': nothing,
    '/security/second-factor/new': {
      values: async ({ browser }) => {
        const page = await browser.submit(await browser.get('/account/security/second-factor/new'), '/begin');
        return { code: appCode(/<bdi dir="ltr">([A-Z2-7 ]{39})</.exec(page.html)?.[1] ?? '') };
      },
    },
    '/security/second-factor/codes': { values: withApp },
    '/security/second-factor/remove': { values: withApp },
    '/sessions/browsers/:browserId/forget': {
      values: async ({ account, email, parameters }) => {
        await signInAs(platform, email);
        const [browser] = await rows().knownBrowsers.list(account.id);
        parameters.browserId = browser?.id ?? '';
        return {};
      },
    },
    '/security/passkeys/new': typed({ response: '{}', name: 'New' }),
    '/security/passkeys/:passkeyId': typed({ name: 'Renamed' }),
    '/security/passkeys/:passkeyId/remove': nothing,
    '/sessions/:uid/end': {
      values: async ({ account, email, parameters }) => {
        await signInAs(platform, email);
        const { sessions } = await rows().sessions.list(account.id);
        parameters.uid = sessions[0]?.uid ?? '';
        return {};
      },
    },
    '/sessions/end-others': {
      values: async ({ email }) => {
        await signInAs(platform, email);
        return {};
      },
    },
    '/shops/:clientId/stop': typed({ field: 'address' }),
    '/shops/:clientId/share': typed({ field: 'address' }),
    '/shops/:clientId/disconnect': nothing,
    '/data/download': nothing,
    '/data/deletion': typed({ understood: 'yes' }),
    '/data/deletion/keep': {
      values: async ({ account }) => {
        await rows().accountDeletion.request(account.id, new Date(Date.now() + DAY_MS));
        return {};
      },
    },
    '/apps/new': { values: () => ({ name: 'New app', once: randomId() }) },
    '/apps/:appId/add': { values: () => ({ environment: 'sandbox', origin: SHOP_ORIGIN, once: randomId() }) },
    '/apps/:appId/settings': typed({ name: 'Renamed' }),
    '/apps/:appId/logo': file('logo'),
    '/apps/:appId/logo/remove': nothing,
    '/apps/:appId/disable': nothing,
    '/apps/:appId/enable': nothing,
    '/apps/:appId/delete': typed({ name: 'Fern' }),
    '/apps/:appId/review': nothing,
    '/apps/:appId/:environment/domains/check': typed({ host: 'shop.example' }),
    '/apps/:appId/mail/clear': nothing,
    '/apps/:appId/mail/:mailId/delete': {
      values: async ({ app, parameters }) => {
        const mail = { to: 'ines@example.com', subject: 'Hello', text: 'Hello' };
        parameters.mailId = await platform.storage.sandboxInbox.add(app.appId, mail);
        return {};
      },
    },
    '/apps/:appId/:environment/origins': typed({ origin: 'http://localhost:4200' }),
    '/apps/:appId/:environment/origins/remove': typed({ address: SHOP_ORIGIN }),
    '/apps/:appId/:environment/redirect-uris': typed({ redirect_uri: 'http://localhost:4200/callback' }),
    '/apps/:appId/:environment/redirect-uris/remove': typed({ address: `${SHOP_ORIGIN}/callback` }),
    '/apps/:appId/:environment/post-logout-redirect-uris': typed({
      post_logout_redirect_uri: 'http://localhost:4200/out',
    }),
    '/apps/:appId/:environment/post-logout-redirect-uris/remove': typed({ address: `${SHOP_ORIGIN}/out` }),
    '/apps/:appId/:environment/backchannel-logout': typed({ backchannel_logout_uri: 'http://localhost:4200/logout' }),
    '/apps/:appId/:environment/backchannel-logout/remove': nothing,
    '/apps/:appId/:environment/signup-endpoint': typed({ url: 'http://localhost:4200/signup', key: 'k'.repeat(32) }),
    '/apps/:appId/:environment/signup-endpoint/remove': nothing,
    '/apps/:appId/:environment/events/export': typed({ format: 'csv' }),
    '/apps/:appId/:environment/doctor': typed({ page: 'http://localhost:1/' }),
    '/apps/:appId/:environment/keys/secret': { values: () => ({ grace: 'now', once: randomId() }) },
    '/apps/:appId/:environment/keys/secret/end-previous': nothing,
    '/apps/:appId/:environment/keys/new': {
      values: () => ({ name: 'New', rights: 'full', expiry: 'never', once: randomId() }),
    },
    '/apps/:appId/:environment/keys/:keyId/replace': { values: () => ({ grace: 'now', once: randomId() }) },
    '/apps/:appId/:environment/keys/:keyId/revoke': nothing,
    '/apps/:appId/members/invite': { values: ({ mark }) => ({ email: `ivo.${mark}@example.com`, role: 'developer' }) },
    '/apps/:appId/invitations/:invitationId/again': nothing,
    '/apps/:appId/invitations/:invitationId/withdraw': nothing,
    '/apps/:appId/members/leave': nothing,
    '/apps/:appId/members/:accountId/role': member,
    '/apps/:appId/members/:accountId/remove': nothing,
    '/invitation': {
      values: async ({ email, invite, shop }) => ({ code: (await invite(shop.appId, email)).code }),
    },
  };

  /** As its page would have it: with the token of the browser, and a number of its own. */
  async function portalForm({ path, realms, access }: (typeof PORTAL_ROUTES)[number]): Promise<SentForm> {
    const setting = PORTAL[path];
    assert.ok(setting, `say how ${path} is sent`);
    const person = await inhabitant();
    const base = `${realms?.includes('production') === false ? '/sandbox' : ''}/account`;
    const browser = access.who === 'anyone' ? platform.browser() : person.browser;
    const values = (await setting.values?.(person, browser)) ?? {};
    const page = await browser.get(`${base}/sign-in`);
    const csrf = String(page.form(access.who === 'anyone' ? '/account/sign-in' : '/sign-out').values['csrf']);
    const parameters: Record<string, string> = person.parameters;
    const action = base + path.replaceAll(/:(\w+)/g, (_all, name: string) => parameters[name] ?? '');
    const all: [string, string | Blob][] = Object.entries({ csrf, submission: randomId(), ...values });
    if (!all.some(([, value]) => value instanceof Blob)) {
      return { browser, action, body: new URLSearchParams(all as [string, string][]) };
    }
    const body = new FormData();
    for (const [name, value] of all) body.append(name, value);
    return { browser, action, body };
  }

  for (const route of PORTAL_ROUTES.filter(({ method }) => method === 'POST')) {
    it(`has one effect and one answer: ${route.path}`, () => hasOneEffect(() => portalForm(route)));
  }

  /** Opens the popup of a new shop. */
  async function open(browser: HttpBrowser, environment: 'production' | 'localhost'): Promise<Page> {
    const { clientId } = await platform.createApp({ environment });
    return browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  }

  type Step = (browser: HttpBrowser, person: Inhabitant) => Promise<{ page: Page; values?: Record<string, string> }>;
  const signInPage = async (browser: HttpBrowser) => ({ page: await open(browser, 'production') });
  const consentPage: Step = async (_browser, person) => ({ page: await open(person.browser, 'production') });
  const askForCode = async (browser: HttpBrowser, email: string, from = 'sign-up') => {
    const { page } = await signInPage(browser);
    const address = await browser.get(page.signUpAddress.replace(/sign-up\/password$/, from));
    return browser.submit(address, '/code', { email });
  };
  const enterCode = async (browser: HttpBrowser, page: Page) =>
    browser.submit(page, '/code-check', { code: await mailedCode(platform, page) });
  const STEPS: Readonly<Record<string, Step>> = {
    '/sign-in': async (browser, { email }) => ({
      ...(await signInPage(browser)),
      values: { email, password: PASSWORD },
    }),
    '/passkey': async (browser) => ({ ...(await signInPage(browser)), values: { response: '{}' } }),
    '/second-factor': async (browser, { email, account }) => {
      const app = await giveSecondFactor(platform, account.id);
      const { page } = await signInPage(browser);
      const gate = await browser.submit(page, '/sign-in', { email, password: PASSWORD });
      return { page: gate, values: { code: await app.code(), trust: 'yes' } };
    },
    '/second-factor-passkey': async (browser, { email, account }) => {
      await giveSecondFactor(platform, account.id);
      await givePasskey(platform, account);
      const { page } = await signInPage(browser);
      const gate = await browser.submit(page, '/sign-in', { email, password: PASSWORD });
      return { page: gate, values: { response: '{}' } };
    },
    '/breached-password': async (browser, { email, account }) => {
      const { passwordHash = '' } = (await rows().accounts.find(account.id)) ?? {};
      await rows().accounts.wantNewPassword(account.id, passwordHash);
      const { page } = await signInPage(browser);
      const gate = await browser.submit(page, '/sign-in', { email, password: PASSWORD });
      return { page: gate, values: { password: NEW_PASSWORD } };
    },
    '/passkey-offer': async (browser, { email, account }) => {
      for (const { credentialId } of await rows().passkeys.list(account.id))
        await rows().passkeys.remove(account.id, credentialId);
      const { page } = await signInPage(browser);
      return { page: await browser.submit(page, '/sign-in', { email, password: PASSWORD, passkeys: '1' }) };
    },
    '/code': async (browser, { mark }) => {
      const { page } = await signInPage(browser);
      const signUp = await browser.get(page.signUpAddress.replace(/\/password$/, ''));
      return { page: signUp, values: { email: `code.${mark}@example.com` } };
    },
    '/code-check': async (browser, { mark }) => {
      const page = await askForCode(browser, `check.${mark}@example.com`);
      return { page, values: { code: await mailedCode(platform, page) } };
    },
    '/code-again': async (browser, { mark }) => {
      const page = await askForCode(browser, `again.${mark}@example.com`);
      // As if it were a while ago.
      await platform.database.db.updateTable('mailed_codes').set({ sent_at: 0 }).execute();
      return { page };
    },
    '/code-not-now': async (browser, { mark }) => ({ page: await askForCode(browser, `later.${mark}@example.com`) }),
    '/name': async (browser, { mark }) => {
      const page = await enterCode(browser, await askForCode(browser, `name.${mark}@example.com`));
      return { page, values: { given_name: 'Ada', password: PASSWORD } };
    },
    '/new-password': async (browser, { email }) => ({
      page: await enterCode(browser, await askForCode(browser, email, 'forgot-password')),
      values: { password: 'a loom of many cards' },
    }),
    '/upstream': async (browser) => ({ ...(await signInPage(browser)), values: { upstream: 'acme' } }),
    // Somebody whose address is known here comes from another login, and then signs in.
    '/link-identity': async (browser, { email, mark }) => {
      platform.people.push({ sub: mark, email, email_verified: true });
      platform.acme.auto = mark;
      const known = await through(browser, await open(browser, 'production'), platform.acme);
      const page = await browser.submit(known, '/sign-in', { email, password: PASSWORD });
      return { page, values: { link: 'yes' } };
    },
    '/sign-up': async (browser, { mark }) => {
      const { page } = await signInPage(browser);
      const form = await browser.get(page.signUpAddress);
      return { page: form, values: { email: `eve.${mark}@example.com`, password: PASSWORD } };
    },
    '/persona': async (browser) => ({ page: await open(browser, 'localhost'), values: { persona: 'newcomer' } }),
    '/start-over': async (browser) => {
      const consent = await browser.submit(await open(browser, 'localhost'), '/persona', { persona: 'complete' });
      return { page: await browser.submit(consent, '/switch-account') };
    },
    '/consent': consentPage,
    // Opened by nobody's page.
    '/continue': async (_browser, { browser, shop }) => {
      const query = { client_id: shop.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
      return { page: await browser.get(`/popup?${new URLSearchParams(query)}`) };
    },
    // A till asks, with the app's secret.
    '/device': async (browser) => {
      const till = await platform.createApp({ environment: 'production', deviceFlow: true });
      const answer = await fetch(`${till.issuer}/device_authorization`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: till.clientId, client_secret: till.clientSecret, scope: 'openid' }),
      });
      const { user_code: code } = (await answer.json()) as { user_code: string };
      return { page: await browser.get(`/device?user_code=${code}`) };
    },
    '/switch-account': consentPage,
    '/cancel': consentPage,
  };

  for (const { path } of STEP_ROUTES.filter(({ method }) => method === 'POST')) {
    it(`has one effect and one answer: the popup’s ${path}`, () =>
      hasOneEffect(async () => {
        const step = STEPS[path];
        assert.ok(step, `say how ${path} is sent`);
        const person = await inhabitant();
        const isSignedIn = step === consentPage || path === '/continue';
        const browser = isSignedIn ? person.browser : platform.browser();
        const { page, values } = await step(browser, person);
        const form = page.form(path);
        const body = new URLSearchParams({ ...(form.values as Record<string, string>), ...values });
        return { browser, action: form.action, body };
      }));
  }

  for (const path of ['/confirm-email', '/confirm-email/anew']) {
    it(`has one effect and one answer: ${path}`, () =>
      hasOneEffect(async () => {
        const email = `claim.${randomUUID()}@example.com`;
        const { id } = await rows().accounts.create({ email });
        const browser = platform.browser();
        const page = await browser.get(`${path}?code=${await rows().emailCodes.create(id, email, 600)}`);
        const form = page.form(path);
        const values = { ...(form.values as Record<string, string>), password: NEW_PASSWORD };
        return { browser, action: form.action, body: new URLSearchParams(values) };
      }));
  }

  it('delivers once more when the first answer was followed and given up', async () => {
    const { browser } = await inhabitant();
    const page = await open(browser, 'production');
    const { action, values } = page.form('/consent');
    const [first, again] = [await browser.post(action, values), await browser.post(action, values)];
    assert.ok(first.claims['sub']);
    assert.equal(again.claims['sub'], first.claims['sub']);
  });

  it('is another submission when it is sent with other content, after going back', async () => {
    const { browser, account } = await inhabitant();
    const { action, values } = (await browser.get('/account/profile/name')).form('/profile/name');
    await browser.post(action, { ...values, given_name: 'First', family_name: '' });
    await browser.post(action, { ...values, given_name: 'Second', family_name: '' });
    assert.equal((await rows().accounts.find(account.id))?.givenName, 'Second');
  });

  it('is repeated to nobody who does not have the very same form', async () => {
    const { browser, app } = await inhabitant();
    const path = `/account/apps/${app.appId}/localhost/keys/new`;
    const { action, values } = (await browser.get(path)).form('/keys/new');
    const typed = { ...values, name: 'New', rights: 'full', expiry: 'never' };
    const made = await browser.post(action, typed);
    const [key = ''] = /sk_test_\w{32}/.exec(made.html) ?? [];
    assert.ok(key);
    const stranger = platform.browser();
    for (const submission of [randomId(), '', 'x'.repeat(22)]) {
      const refused = await stranger.post(action, { ...typed, submission });
      assert.ok(!refused.html.includes(key));
    }
    // Nor to whoever reads the database.
    for (const { answer } of await platform.database.db.selectFrom('submissions').select('answer').execute()) {
      const bytes = Buffer.from((answer ?? '').replace('sealed.', ''), 'base64url').toString('latin1');
      assert.ok(!answer?.includes(key) && !bytes.includes(key) && !bytes.includes('<html'));
    }
  });
});
