import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import MiniSearch from 'minisearch';
import { find } from '../docs/site/browser/find.ts';
import { SEARCH_OPTIONS, type SearchDocument } from '../docs/site/browser/search-options.ts';
import { renderPages, sourcesIn } from '../docs/site/build.ts';
import { searchIndex } from '../docs/site/search-index.ts';
import { referenceIndex } from '../server/delivery/api/docs/reference-index.ts';
import { ROOT } from './run.ts';

// What people type into the search of the documentation, and the page that has to be among the first three results.

const QUESTIONS: readonly (readonly [typed: string, page: string])[] = [
  ['quickstart', '/docs/quickstart'],
  ['getting started', '/docs/quickstart'],
  ['python', '/docs/backend-python'],
  ['django', '/docs/backend-python'],
  ['laravel', '/docs/backend-php'],
  ['express', '/docs/backend-node'],
  ['golang', '/docs/backend-go'],
  ['spring boot', '/docs/backend-java'],
  ['react', '/docs/frameworks'],
  ['nextjs', '/docs/frameworks'],
  ['npm install', '/docs/packages'],
  ['logout', '/docs/sign-out'],
  ['log out a user', '/docs/sign-out'],
  ['how do I verify the token', '/docs/verify'],
  ['id_token', '/docs/verify'],
  ['nonce', '/docs/verify'],
  ['secret', '/docs/faq'],
  ['reset key', '/docs/faq'],
  ['rotate api key', '/docs/faq'],
  ['redirect uri', '/docs/embedding'],
  ['redirect_uri mismatch', '/docs/embedding'],
  ['csp', '/docs/embedding'],
  ['iframe', '/docs/embedding'],
  ['price', '/docs/faq'],
  ['GDPR', '/docs/faq'],
  ['delete account', '/docs/faq'],
  ['cookie banner', '/docs/faq'],
  ['webhook', '/docs/faq'],
  ['popup blocked', '/docs/element-errors'],
  ['dark mode', '/docs/theming'],
  ['change button colour', '/docs/theming'],
  ['test user', '/docs/sandbox'],
  ['sandbox', '/docs/sandbox'],
  ['refresh token', '/docs/stay-connected'],
  ['ios app', '/docs/native-apps'],
  ['smart tv', '/docs/devices'],
  ['rate limit', '/docs/api'],
  ['pagination', '/docs/user-api'],
  ['postman', '/docs/downloads'],
  ['wcag', '/docs/accessibility'],
  ['supported browsers', '/docs/compatibility'],
  ['report a vulnerability', '/docs/security'],
  ['help', '/docs/contact'],
  ['production', '/docs/go-live'],
  ['GET /1/users/{id}', '/docs/api#getUser'],
  ['/1/events', '/docs/api#listEvents'],
  ['external_login', '/docs/external-login'],
  ['invalid_api_key', '/docs/api#error-invalid_api_key'],
  ['idempotency_key_reused', '/docs/api#error-idempotency_key_reused'],
  ['user_exists', '/docs/api#embed-error-user_exists'],
  ['docker', '/docs/releases'],
  ['backup', '/docs/operate'],
  ['smtp', '/docs/settings'],
  ['wordpress', '/docs/openid-connect-clients'],
  ['woocommerce plugin', '/docs/openid-connect-clients'],
  ['drupal', '/docs/openid-connect-clients'],
  ['ruby on rails', '/docs/openid-connect-clients'],
  ['.net', '/docs/openid-connect-clients'],
  ['nextcloud', '/docs/openid-connect-clients'],
  ['oidc', '/docs/openid-connect-clients'],
  ['saml', '/docs/use-cases'],
  ['right to be forgotten', '/docs/faq'],
  ['data processing agreement', '/docs/faq'],
];

const index = MiniSearch.loadJSON<SearchDocument>(
  searchIndex(renderPages(sourcesIn(ROOT)), referenceIndex()),
  SEARCH_OPTIONS,
);
const found = (text: string) => find(index, text).map(({ id }) => id);

describe('the search of the documentation', () => {
  for (const [typed, page] of QUESTIONS) {
    it(`answers “${typed}”`, () => {
      const first = found(typed).slice(0, 3);
      assert.ok(
        first.some((id) => id === page || id.startsWith(`${page}#`)),
        `${page} is not among ${first.join(', ')}`,
      );
    });
  }

  it('finds every call and every error code of the API by its name', () => {
    const missing = referenceIndex().filter(
      ({ anchor, heading }) => !found(heading).slice(0, 3).includes(`/docs/api#${anchor}`),
    );
    assert.deepEqual(
      missing.filter(({ anchor }) => anchor !== '').map(({ heading }) => heading),
      [],
    );
  });

  it('finds what is typed in another number, with a typo, or in part', () => {
    for (const typed of ['nonces', 'webhok', 'quickst', 'log-out', 'log out', 'Logout', 'sign-out', 'invalid api key'])
      assert.notEqual(found(typed).length, 0, typed);
    assert.deepEqual(found('log-out'), found('sign out'));
  });

  it('finds nothing for what nobody writes about, and for no words', () => {
    for (const typed of ['zzzyx', '', ' ', '…', '{}', '--', '"']) assert.deepEqual(found(typed), [], typed);
  });
});
