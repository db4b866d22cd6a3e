import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PORTAL_ROUTES } from '../composition/portal-routes.ts';
import type { PortalRoute } from './route.ts';

/**
 * Who may do what, said a second time on purpose: portal.test.ts holds every route to what its table says, and this holds the table. What is not
 * here is for whoever is signed in.
 */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  anyone: [
    'GET POST /forgot-password',
    'GET /invitation',
    'POST /persona',
    'POST /start-over',
    'GET POST /reset-password',
    'GET POST /sign-in',
    'POST /sign-in/code',
    'POST /sign-in/passkey',
    'POST /sign-in/upstream',
    'GET /upstream/:upstream',
    'GET POST /sign-up',
    'GET /signing-in/:attempt',
    'POST /signing-in/:attempt/breached-password',
    'POST /signing-in/:attempt/code-again',
    'POST /signing-in/:attempt/code-check',
    'POST /signing-in/:attempt/name',
    'POST /signing-in/:attempt/new-password',
    'POST /signing-in/:attempt/second-factor',
    'POST /signing-in/:attempt/second-factor-passkey',
  ],
  'person, recent sign-in': [
    'POST /data/deletion',
    'GET /data/deletion/confirm',
    'GET POST /data/download',
    'GET POST /security/email',
    'POST /security/identities/add',
    'GET POST /security/identities/:identityId/remove',
    'GET POST /security/passkeys/:passkeyId/remove',
    'GET POST /security/passkeys/new',
    'GET POST /security/password',
    'POST /security/second-factor/begin',
    'GET POST /security/second-factor/codes',
    'GET POST /security/second-factor/new',
    'GET POST /security/second-factor/remove',
  ],
  'read-only': [
    'GET /apps/:appId',
    'GET /apps/:appId/:environment',
    'GET /apps/:appId/:environment/code',
    'GET POST /apps/:appId/:environment/doctor',
    'POST /apps/:appId/:environment/events/export',
    'GET /apps/:appId/:environment/events',
    'GET /apps/:appId/:environment/events/stream',
    'GET /apps/:appId/:environment/keys',
    'GET /apps/:appId/members',
    'POST /apps/:appId/members/leave',
    'GET /apps/:appId/settings',
  ],
  developer: [
    'GET /apps/:appId/mail',
    'GET /apps/:appId/mail/:mailId',
    'GET /apps/:appId/mail/:mailId/html',
    'POST /apps/:appId/mail/:mailId/delete',
    'GET POST /apps/:appId/mail/clear',
    'POST /apps/:appId/:environment/domains/check',
    'POST /apps/:appId/:environment/origins/remove',
    'POST /apps/:appId/:environment/redirect-uris/remove',
    'POST /apps/:appId/:environment/post-logout-redirect-uris/remove',
    'POST /apps/:appId/:environment/backchannel-logout/remove',
    'POST /apps/:appId/:environment/signup-endpoint/remove',
  ],
  'developer, recent sign-in in production': [
    'POST /apps/:appId/:environment/origins',
    'POST /apps/:appId/:environment/redirect-uris',
    'POST /apps/:appId/:environment/post-logout-redirect-uris',
    'POST /apps/:appId/:environment/backchannel-logout',
    'POST /apps/:appId/:environment/signup-endpoint',
  ],
  'developer, recent sign-in': [
    'GET POST /apps/:appId/:environment/keys/:keyId/replace',
    'GET POST /apps/:appId/:environment/keys/:keyId/revoke',
    'GET POST /apps/:appId/:environment/keys/new',
    'GET POST /apps/:appId/:environment/keys/secret',
    'POST /apps/:appId/:environment/keys/secret/end-previous',
  ],
  owner: [
    'POST /apps/:appId/invitations/:invitationId/withdraw',
    'POST /apps/:appId/logo',
    'POST /apps/:appId/logo/remove',
    'POST /apps/:appId/review',
    'POST /apps/:appId/settings',
  ],
  'owner, recent sign-in': [
    'GET POST /apps/:appId/add',
    'GET POST /apps/:appId/delete',
    'POST /apps/:appId/disable',
    'POST /apps/:appId/enable',
    'POST /apps/:appId/invitations/:invitationId/again',
    'GET /apps/:appId/members/:accountId',
    'POST /apps/:appId/members/:accountId/remove',
    'POST /apps/:appId/members/:accountId/role',
    'GET POST /apps/:appId/members/invite',
  ],
};

/** Forms for whoever is signed in, be it a test person whom several browsers share. */
const OPEN_TO_SHARED_PEOPLE = ['/apps/new', '/confirm', '/data/deletion/keep', '/invitation', '/sign-out'];

function accessTo({ access, recentSignIn }: PortalRoute): string {
  const who = access.who === 'member' ? access.role : access.who;
  if (!recentSignIn) return who;
  return `${who}, recent sign-in${recentSignIn === true ? '' : ` ${recentSignIn}`}`;
}

const methodsOf = (routes: readonly PortalRoute[]): string =>
  routes
    .map(({ method }) => method)
    .sort()
    .join(' ');

/** Each path with its methods. */
const pathsOf = (routes: readonly PortalRoute[]): string[] =>
  [...Map.groupBy(routes, ({ path }) => path)].map(([path, same]) => `${methodsOf(same)} ${path}`).sort();

it('every route of the portal asks for the role and for the recent sign-in that what it does is worth', () => {
  const groups = Map.groupBy(PORTAL_ROUTES, accessTo);
  groups.delete('person');
  const found = [...groups].map(([access, routes]) => [access, pathsOf(routes)]);
  const expected = Object.entries(EXPECTED).map(([access, routes]) => [access, routes.toSorted()]);
  assert.deepEqual(Object.fromEntries(found), Object.fromEntries(expected));
});

it('a test person whom several browsers share changes nothing that lasts', () => {
  const forms = PORTAL_ROUTES.filter(({ method, access }) => method === 'POST' && access.who === 'person');
  const open = forms.filter(({ notShared }) => !notShared).map(({ path }) => path);
  assert.deepEqual(open.sort(), OPEN_TO_SHARED_PEOPLE);
});
