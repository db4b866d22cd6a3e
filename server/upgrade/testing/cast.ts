import type { Environment } from '@signup-with-platform/protocol';
import type { Person } from './visits.ts';
import type { World } from './world.ts';

// Who is who in a fixture.

export const PASSWORD = 'an engine of difference';
export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
export const APP_NAME = 'Juniper & Sons';
export const ADDRESSES: Record<Environment, { origin: string; redirect_uri: string }> = {
  localhost: { origin: 'http://localhost:3000', redirect_uri: 'http://localhost:3000/callback' },
  'development:sandbox': { origin: 'https://test.shop.example', redirect_uri: 'https://test.shop.example/callback' },
  production: { origin: 'https://shop.example', redirect_uri: 'https://shop.example/callback?from=platform' },
};
export const SIGNUP_ENDPOINT = 'https://shop.example/api/signup';
export const EMAILS: World['emails'] = {
  owner: 'olga.owner@example.com',
  developer: 'dev.developer@example.com',
  reader: 'rita.reader@example.com',
  ada: 'Ada@example.com',
  unconfirmed: 'ursula@example.com',
  blocked: 'eve@example.com',
  leaving: 'leo@example.com',
  invited: 'ines@example.com',
  tess: 'tess@example.com',
};

export const personOf = (email: string, given_name: string): Person => ({
  given_name,
  family_name: 'Byron',
  email,
  password: PASSWORD,
});
