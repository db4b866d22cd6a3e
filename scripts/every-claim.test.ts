import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import {
  type BuiltInClaim,
  CLAIM_FORMATS,
  CLAIMS,
  CLAIMS_OF_CONTRACT,
  type Claim,
  type CredentialPayload,
  claimsOfScope,
  FIELDS,
  type Field,
  fieldOf,
  formatOf,
  type UserClaims,
} from '@signup-with-platform/protocol';
import type { User } from '../client/index.ts';
import { readConfig } from '../server/config.ts';
import { accountCreate } from '../server/delivery/cli/account.ts';
import { inputsOf, TOLD_VALUES } from '../server/domain/claims/fields.ts';
import { MailLimits } from '../server/outbox/mail-limits.ts';
import { Outbox } from '../server/outbox/outbox.ts';
import { fieldIcons } from '../server/pages/icons.ts';
import { CALLBACK, PASSWORD, redeemCode, resident, signInAs, userinfo } from '../server/portal/testing/resident.ts';
import type { AppSecrets } from '../server/storage/app-environments.ts';
import type { HttpBrowser, Page } from '../server/testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { describeUser } from '../widget/answer/describe-user.ts';
import { AUTOFILL_OF_FIELD } from '../widget/answer/fields/fields.ts';
import { en as widgetWords } from '../widget/strings/en.ts';

/** Texts by which a person is told to the command line and to forms. A new input needs one. */
const TEXTS: Readonly<Record<string, string>> = {
  given_name: 'Ada',
  family_name: 'Byron',
  phone_number: '+44 20 7946 0018',
  street_address: '12 St James’s Square',
  postal_code: 'SW1Y',
  locality: 'London',
  region: 'Westminster',
  country: 'GB',
  birthdate: '1990-05-17',
  is_over_16: '1990-05-17',
  is_over_18: '1990-05-17',
  is_over_21: '1990-05-17',
  locale: 'en-GB',
  picture: 'https://pictures.example/ada.png',
};

const EMAIL = 'ada@example.com';
/** The same person as claims. The type holds it to be complete. */
const PERSON: Required<UserClaims> = {
  name: 'Ada Byron',
  given_name: 'Ada',
  family_name: 'Byron',
  email: EMAIL,
  email_verified: true,
  phone_number: '+44 20 7946 0018',
  phone_number_verified: false,
  address: {
    street_address: '12 St James’s Square',
    postal_code: 'SW1Y',
    locality: 'London',
    region: 'Westminster',
    country: 'GB',
  },
  birthdate: '1990-05-17',
  is_over_16: true,
  is_over_18: true,
  is_over_21: true,
  locale: 'en-GB',
  picture: 'https://pictures.example/ada.png',
};

/** What follows from the date of birth: it is kept nowhere, and no form of a shop is filled with it. */
const DERIVED: readonly Field[] = ['is_over_16', 'is_over_18', 'is_over_21'];
/** What nobody types: an address for mail is confirmed by mail, a language is chosen from a list, a picture is uploaded. */
const NOT_TYPED: readonly Field[] = ['email', 'locale', 'picture'];
/** The profile leaves it to the page on signing in. */
const NOT_ON_PROFILE: readonly Field[] = ['email', ...DERIVED];
/** A vendor's page should not load from elsewhere unasked, and no control of a form takes a picture. */
const NOT_IN_WIDGET: readonly Field[] = ['picture'];

// Types of what the client package exports: the type checker reports a claim that they lack.
type Lacking<Type> = Exclude<BuiltInClaim, keyof Type | keyof typeof CLAIMS_OF_CONTRACT>;
const NOTHING_LACKS: [Lacking<User>, Exclude<BuiltInClaim, keyof CredentialPayload>] extends [never, never]
  ? true
  : never = true;

const contractNames: Readonly<Partial<Record<Claim, string>>> = CLAIMS_OF_CONTRACT;
const nameInApi = (claim: Claim) => contractNames[claim] ?? claim;
const english = pickLanguage(['en']);

/** Who adds a claim and forgets a surface finds the claim and the surface among the failures. */
describe('every claim', () => {
  let platform: TestPlatform;
  let shop: AppSecrets;
  let ada: HttpBrowser;
  let consent: Page;
  let discovery: Record<string, unknown>;
  let credential: Record<string, unknown>;
  let info: Record<string, unknown>;
  let user: Record<string, unknown>;
  let userSchema: Record<string, unknown>;
  let profile: string;
  let shopPage: string;
  let exported: string;
  let settings: string;
  let filledIn: Record<string, unknown>;

  before(async () => {
    platform = await startTestPlatform();
    const fields = FIELDS.map((field) => ({ field, required: false }));
    shop = await platform.createApp({ environment: 'production', redirectUris: [CALLBACK], fields });
    await createByCommandLine();
    ada = await signInAs(platform, EMAIL);
    consent = await openShop(ada);
    credential = (await ada.submit(consent, '/consent')).claims;
    discovery = await json('/.well-known/openid-configuration');
    const scope = ['openid', 'offline_access', ...(discovery['scopes_supported'] as string[])].join(' ');
    const tokens = await redeemCode(platform, ada, shop, scope);
    info = (await userinfo(platform, tokens.access_token)).claims;
    user = await json(`/1/users/${credential['sub']}`, { 'x-api-key': shop.apiKey });
    const document = await json('/openapi.json');
    userSchema = propertiesOf(document);
    profile = (await ada.get('/account/profile')).html;
    shopPage = (await ada.get(`/account/shops/${shop.clientId}`)).html;
    const download = await ada.submit(await ada.get('/account/data/download'), '/data/download');
    exported = JSON.stringify(JSON.parse(download.html).account);
    const owner = await resident(platform);
    await platform.storage.appMembers.put(shop.appId, owner.account.id, 'owner');
    settings = (await owner.browser.get(`/account/apps/${shop.appId}/settings`)).html;
    filledIn = await fillIn();
  });
  after(() => platform.close());

  async function createByCommandLine(): Promise<void> {
    const told = Object.entries(TOLD_VALUES).flatMap(([name, { option }]) =>
      TEXTS[name] === undefined ? [] : [`--${option.name}=${TEXTS[name]}`],
    );
    const account = ['--realm=production', `--email=${EMAIL}`, `--password=${PASSWORD}`, '--verified'];
    const { storage } = platform;
    const config = readConfig({ DATA_DIR: platform.dataDir });
    await accountCreate.run([...account, ...told], {
      config,
      storage,
      mailer: new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined }),
      migrated: [],
    });
  }

  const openShop = (browser: HttpBrowser) =>
    browser.openPopup({
      client_id: shop.clientId,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      fields: CLAIMS.join(' '),
    });

  /** Somebody of whom nothing is known but the address fills in the consent page. @returns the claims that are shared */
  async function fillIn(): Promise<Record<string, unknown>> {
    const { browser } = await resident(platform, { givenName: '', familyName: '' });
    const page = await openShop(browser);
    const { values } = page.form('/consent');
    const typed = Object.fromEntries(Object.entries(TEXTS).filter(([name]) => values[name] !== undefined));
    return (await browser.submit(page, '/consent', { share: [...FIELDS], ...typed })).claims;
  }

  async function json(path: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
    return (await fetch(`${platform.url}${path}`, { headers })).json() as Promise<Record<string, unknown>>;
  }

  for (const claim of CLAIMS) {
    describe(`the claim ${claim}`, () => {
      const sample = () => {
        assert.notEqual(PERSON[claim], undefined, `PERSON in this test says nothing of ${claim}`);
        return PERSON[claim];
      };
      it('is announced, in a scope of its own or of others', () => {
        assert.ok((discovery['claims_supported'] as string[]).includes(claim));
        const scopes = (discovery['scopes_supported'] as string[]).filter((one) => claimsOfScope(one).includes(claim));
        assert.equal(scopes.length, 1);
      });
      it('is refused to an app that has not registered its field', async () => {
        const fields = FIELDS.flatMap((field) => (field === fieldOf(claim) ? [] : [{ field, required: false }]));
        const { clientId } = await platform.createApp({ fields });
        const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', fields: claim };
        assert.equal((await platform.browser().openPopup(request)).message.error, 'invalid_request');
      });
      it('is told to the command line, and arrives in the credential', () =>
        assert.deepEqual(credential[claim], sample()));
      it('is told at userinfo', () => assert.deepEqual(info[claim], sample()));
      it('is told by the user API', () => assert.deepEqual(user[nameInApi(claim)], sample()));
      it('is in the OpenAPI document', () => assert.ok(Object.hasOwn(userSchema, nameInApi(claim))));
      it('is read by the widget', () => {
        assert.deepEqual(CLAIM_FORMATS[formatOf(claim)].read(sample()), sample());
        assert.equal(CLAIM_FORMATS[formatOf(claim)].read({ of: 'another type' } as never) ?? undefined, undefined);
      });
      it('is in the reference of the element', () => {
        const reference = readFileSync(new URL('../docs/element.md', import.meta.url), 'utf8');
        const row = reference.split('\n').find((line) => line.startsWith('| `fields` |')) ?? '';
        assert.match(row, new RegExp(`[\` ]${claim}[\` ]`));
      });
      it('is in the types of the client package', () => assert.ok(NOTHING_LACKS));
    });
  }

  for (const field of FIELDS) {
    describe(`the field ${field}`, () => {
      const claims = CLAIMS.filter((claim) => fieldOf(claim) === field);
      const isTyped = !NOT_TYPED.includes(field);

      it('has a row on the consent page, with its name and icon', () => {
        assert.match(consent.html, new RegExp(`name="share" value="${field}"`));
        assert.ok(consent.html.includes(english.t(`shared.fields.${field}`)));
        assert.ok(fieldIcons[field]);
      });
      it('can be filled in on the consent page', () => {
        assert.equal(inputsOf(field).length > 0, isTyped);
        const missing = inputsOf(field).filter(({ name }) => TEXTS[name] === undefined);
        assert.deepEqual(missing, [], 'TEXTS in this test says nothing of these');
        if (isTyped) for (const claim of claims) assert.deepEqual(filledIn[claim], PERSON[claim]);
      });
      it('is on the profile page', () => {
        if (NOT_ON_PROFILE.includes(field)) return;
        // Addresses have a list of their own.
        const label = field === 'address' ? english.t('account.profile.addresses.title') : undefined;
        assert.ok(profile.includes(label ?? english.t(`shared.fields.${field}`)));
      });
      it('is on the page of a connected shop, with the way to stop', () =>
        assert.match(shopPage, new RegExp(`name="field" value="${field}"`)));
      it('is among what an app can ask for', () => assert.match(settings, new RegExp(`name="wish_${field}"`)));
      it('is in the data export', () => {
        if (DERIVED.includes(field)) return;
        const texts = [PERSON[field]].flatMap((value) => (typeof value === 'object' ? Object.values(value) : [value]));
        // A name is kept in parts.
        const parts = field === 'name' ? [PERSON.given_name, PERSON.family_name] : texts;
        for (const text of parts) assert.ok(exported.includes(JSON.stringify(text)), `${text} in ${exported}`);
      });
      it('is listed by the widget, and fills forms', () => {
        const rows = describeUser({ iss: '', sub: '', isNewUser: true, [field]: PERSON[field] }, widgetWords, 'en');
        // An age is shown by rare-fields.ts, which has a test of its own.
        assert.equal(rows.length, [...NOT_IN_WIDGET, ...DERIVED].includes(field) ? 0 : 1);
        assert.ok(rows.every(({ label, value }) => label && value));
        const filled = Object.values({ ...AUTOFILL_OF_FIELD }[field as 'email'] ?? {}).flatMap((one) =>
          one.values(PERSON, { language: 'en' }).filter(Boolean),
        );
        assert.equal(filled.length > 0, ![...NOT_IN_WIDGET, ...DERIVED].includes(field));
      });

      for (const { tag } of LANGUAGES) {
        it(`has words in ${tag}`, () => {
          const widget = JSON.parse(readFileSync(new URL(`../messages/${tag}/widget.json`, import.meta.url), 'utf8'));
          const inWidget = DERIVED.includes(field) ? 'is_over' : field;
          if (!NOT_IN_WIDGET.includes(field)) assert.equal(typeof widget[inWidget], 'string');
          const language = pickLanguage([tag]);
          assert.ok(language.t(`shared.fields.${field}`));
          for (const { name } of inputsOf(field)) assert.ok(language.t(`shared.inputs.${name}`));
        });
      }
    });
  }
});

/** Of the OpenAPI document's user. */
function propertiesOf(document: Record<string, unknown>): Record<string, unknown> {
  const { components } = document as { components: { schemas: Record<string, { properties?: object }> } };
  return { ...components.schemas['User']?.properties };
}
