import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { browserPage } from './browser-page.ts';
import { type Client, fillIn } from './client.ts';
import { sampleOf } from './portal-sample.ts';
import { nodeProgram, textOf } from './program.ts';
import { shownIn } from './shown-in.ts';

const HTTP_HERE = 'the platform of the tests speaks http';

/** Those that npm has. `npm test` signs in with each. */
export const NPM_CLIENTS: readonly Client[] = [
  {
    ...npm('openid-client 6', 'openid-client'),
    pasted: { sample: 'openid-client' },
    deviations: [{ setting: '`execute: [client.allowInsecureRequests]`', reason: HTTP_HERE }],
    start: (given) =>
      nodeProgram(
        sampleOf('openid-client', given).replace(
          'CLIENT_SECRET);',
          'CLIENT_SECRET, undefined, { execute: [client.allowInsecureRequests] });',
        ),
        given,
      ),
  },
  {
    ...npm('openid-client 5', 'openid-client-5'),
    pasted: { folder: 'openid-client-5' },
    start: (given) => {
      const text = fillIn(textOf('openid-client-5/server.mjs'), given);
      return nodeProgram(text.replace("'openid-client'", "'openid-client-5'"), given);
    },
  },
  {
    ...npm('passport-openidconnect'),
    pasted: { folder: 'passport-openidconnect' },
    start: program('passport-openidconnect/server.mjs'),
  },
  {
    ...npm('Auth.js', '@auth/express'),
    pasted: { sample: 'authjs' },
    callback: '/auth/callback/platform',
    begin: '/auth/signin',
    button: 'Sign in with Platform',
    start: (given) => nodeProgram(sampleOf('authjs', given), given),
  },
  {
    ...npm('express-openid-connect'),
    signOut: { path: '/logout' },
    pasted: { folder: 'express-openid-connect' },
    begin: '/',
    start: program('express-openid-connect/server.mjs'),
  },
  { ...npm('simple-oauth2'), pasted: { folder: 'simple-oauth2' }, start: program('simple-oauth2/server.mjs') },
  {
    ...npm('oidc-client-ts'),
    pasted: { sample: 'oidc-client-ts' },
    begin: '/',
    button: 'Sign in',
    shows: shownIn('#user'),
    start: (given) =>
      browserPage(sampleOf('oidc-client-ts', given), given, {
        file: 'pasted.js',
        content: '<button id="sign-in">Sign in</button><output id="user"></output>',
      }),
  },
  {
    ...npm('angular-auth-oidc-client'),
    pasted: { folder: 'angular-auth-oidc-client' },
    signOut: { button: 'Sign out' },
    begin: '/',
    button: 'Sign in',
    shows: shownIn('#user'),
    start: (given) => {
      const file = 'angular-auth-oidc-client/main.ts';
      return browserPage(fillIn(textOf(file), given), given, { file, content: '<app-root></app-root>' });
    },
  },
];

function npm(name: string, packageName = name) {
  const file = findPackageJSON(packageName, import.meta.url) ?? '';
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return { name, registry: 'npm' as const, version, callback: '/callback', begin: '/login' };
}

function program(file: string): Client['start'] {
  return (given) => nodeProgram(fillIn(textOf(file), given), given);
}
