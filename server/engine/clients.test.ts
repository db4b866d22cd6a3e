import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Client } from 'oidc-provider';
import { BUILT_IN } from '../domain/claims/catalogue.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { APP_PROPERTY, appOf, clientMetadata } from './clients.ts';

const APP: AppEnvironment = {
  kind: 'web',
  offlineAccess: true,
  deviceFlow: false,
  requireVerifiedEmail: false,
  approvedFields: [],
  appId: 'app',
  clientId: 'AbCdEfGh1234',
  clientSecretHash: 'hash of the secret',
  environment: 'production',
  realm: 'production',
  name: 'Shop',
  fields: [
    { field: 'name', required: true },
    { field: 'email', required: false },
  ],
  origins: ['https://shop.example'],
  redirectUris: ['https://shop.example/callback'],
  postLogoutRedirectUris: [],
  waiting: { origins: [], redirectUris: [], postLogoutRedirectUris: [] },
  credentialLifetimeSeconds: 3600,
  idTokenAlg: 'RS256',
  domains: [],
  disabled: false,
  standing: 'active',
};

describe('clientMetadata', () => {
  const metadata = clientMetadata(APP, BUILT_IN);

  it('allows the registered redirect URIs and origins, and nothing else', () => {
    assert.deepEqual(metadata.redirect_uris, ['https://shop.example/callback', 'https://shop.example']);
  });

  it('gets pairwise subjects, signed as the app has chosen', () => {
    assert.equal(metadata.subject_type, 'pairwise');
    assert.equal(metadata.id_token_signed_response_alg, 'RS256');
  });

  it('has a sector identifier that is a host name nobody can own (RFC 2606)', () => {
    assert.equal(metadata.sector_identifier_uri, 'https://abcdefgh1234.invalid/');
  });

  it('holds the hash of the secret, not the secret', () => {
    assert.equal(metadata.client_secret, APP.clientSecretHash);
  });

  it('leads back to the app', () => {
    assert.equal(appOf({ [APP_PROPERTY]: metadata[APP_PROPERTY] } as unknown as Client), APP);
  });

  const scopes: [AppEnvironment['fields'], string][] = [
    [APP.fields, 'openid offline_access profile email'],
    [[], 'openid offline_access'],
    [[{ field: 'picture', required: false }], 'openid offline_access profile'],
    [
      [
        { field: 'phone_number', required: true },
        { field: 'address', required: true },
      ],
      'openid offline_access phone address',
    ],
  ];
  for (const [fields, scope] of scopes) {
    it(`may ask for "${scope}" with ${fields.map(({ field }) => field).join(', ') || 'no fields'}`, () => {
      assert.equal(clientMetadata({ ...APP, fields }, BUILT_IN).scope, scope);
    });
  }
});

it('an app may ask for every claim of its fields', () => {
  assert.deepEqual(
    [...registeredClaims(APP, BUILT_IN)],
    ['name', 'given_name', 'family_name', 'email', 'email_verified'],
  );
  assert.deepEqual([...registeredClaims({ ...APP, fields: [] }, BUILT_IN)], []);
});
