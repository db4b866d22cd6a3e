import { EventIds } from '../../../server/events/event-id.ts';
import { type AccountHolder, accountHolder, appOf } from '../portal.ts';
import type { RunningPlatform } from '../test.ts';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** What stands for `:name` in the path of a page of the portal. */
export type Parameters = Readonly<Record<string, string>>;

/** Somebody with something in every section of the portal. */
export interface Inhabitant {
  readonly person: AccountHolder;
  readonly parameters: Parameters;
  /** The app's two environments; the person's data may be asked for by the second. */
  readonly localClientId: string;
  readonly liveClientId: string;
  /** Codes of links in mails. */
  readonly codes: { readonly newEmail: string; readonly reset: string; readonly invitation: string };
}

export const SHOP = 'https://shop.example';
/** Names and values of an inhabitant, besides what can be told by its form. */
export const INHABITANT_DATA: readonly string[] = [
  'Platform',
  'Fern & Field',
  'Gus Gardener',
  'Ada Byron',
  'Ada',
  'Byron',
  'Nia Newby',
  'Nia',
  'Newby',
  'Gus',
  'Gardener',
  'Backend',
  'Laptop',
  '1012 AB',
  'NL',
  'Canal Street',
  'Apartment',
  'Amsterdam',
  'Canal Row',
  'Delft',
];

/** @param locale the language that the account asks for */
export async function settle(platform: RunningPlatform, locale: string): Promise<Inhabitant> {
  const { storage } = platform;
  const { passkeys, emailCodes } = storage.realm('production');
  const person = await accountHolder(platform, {
    locale,
    phoneNumber: '+31 20 555 0101',
    picture: PIXEL,
    address: {
      street_address: '12 Canal Street\nApartment 4',
      postal_code: '1012 AB',
      locality: 'Amsterdam',
      country: 'NL',
    },
    otherAddresses: [{ street_address: '3 Canal Row', locality: 'Delft', country: 'NL' }],
  });
  const { id, email = '' } = person.account;
  await passkeys.create({
    credentialId: 'cGFzc2tleS1vZi1hbi1pbmhhYml0YW50',
    accountId: id,
    name: 'Laptop',
    publicKey: 'a2V5',
    counter: 0,
    transports: ['internal'],
    synced: true,
  });
  const app = await appOf(platform, person, 'owner', {
    environment: 'production',
    origins: [SHOP],
    redirectUris: [`${SHOP}/callback`],
    privacyPolicyUri: `${SHOP}/privacy`,
    termsUri: `${SHOP}/terms`,
    keyName: 'Backend',
  });
  const local = await storage.appEnvironments.add(app.appId, 'localhost', ['http://localhost:4100'], {
    keyName: 'Backend',
  });
  if (!local) throw new Error('the app has that environment already');
  const gus = await accountHolder(platform, { givenName: 'Gus', familyName: 'Gardener' });
  await storage.appMembers.put(app.appId, gus.account.id, 'developer');
  const key = await storage.apiKeys.create(app.clientId, {
    name: 'Backend',
    readOnly: true,
    addressRanges: ['192.0.2.0/24'],
    expiresAt: new Date(Date.now() + MONTH_MS),
  });
  await storage.apiKeys.create(app.clientId, { name: 'Backend', expiresAt: new Date(Date.now() - 1) });
  await storage.apiKeys.replace(
    app.clientId,
    (await storage.apiKeys.create(app.clientId, { name: 'Backend' })).id,
    DAY_MS,
  );
  const invitation = await storage.appInvitations.create({
    appId: app.appId,
    email: 'ines@shop.example',
    role: 'developer',
    invitedBy: id,
    mailed: true,
    lifetimeMs: DAY_MS,
  });
  const mailId = await storage.sandboxInbox.add(app.appId, {
    to: 'ines@shop.example',
    subject: 'Backend',
    text: 'Backend\n',
    link: 'https://shop.example/verify?code=abc',
    code: 'abc',
  });
  const identity = await storage.realm('production').identities.create({
    issuer: 'https://shop.example',
    subject: id,
    upstream: 'shop.example',
    accountId: id,
    email: 'ines@shop.example',
  });
  await happen(platform, app.clientId);
  return {
    person,
    localClientId: local.clientId,
    liveClientId: app.clientId,
    parameters: {
      address: '0',
      passkeyId: 'cGFzc2tleS1vZi1hbi1pbmhhYml0YW50',
      clientId: app.clientId,
      appId: app.appId,
      environment: 'production',
      keyId: key.id,
      mailId,
      accountId: gus.account.id,
      // There are none here: their pages say so.
      upstream: 'acme',
      field: 'loyalty_number',
      identityId: identity?.id ?? '',
      // Nothing is under way.
      attempt: 'none',
    },
    codes: {
      newEmail: await emailCodes.create(id, 'new@shop.example', 600, 'change_email'),
      reset: await emailCodes.create(id, email, 600, 'reset_password'),
      invitation: invitation.code,
    },
  };
}

/** One event of each kind about which the page of events has something to say. */
async function happen({ storage }: RunningPlatform, clientId: string): Promise<void> {
  const reasons = [
    'origin_not_registered',
    'not_an_origin',
    'redirect_uri_not_registered',
    'app_disabled',
    'app_not_approved',
    'invalid_request',
    'not_silent',
    'server_error',
  ];
  const errors = ['app_disabled', 'read_only_key', 'address_not_allowed', 'too_many_requests', 'not_found', 'other'];
  const happened: { kind: string; status?: number; detail?: Record<string, unknown>; attempt?: string }[] = [
    ...reasons.map((reason) => ({ kind: 'popup.refused', detail: { reason, origin: SHOP } })),
    ...errors.map((error) => ({ kind: 'api.called', status: 403, detail: { error } })),
    { kind: 'api.called', status: 500 },
    { kind: 'api.called', status: 200 },
    { kind: 'login.called', status: 401 },
    { kind: 'login.called', status: 400 },
    ...['popup.sign_in_failed', 'endpoint.refused', 'endpoint.unavailable', 'token.refused', 'code.redeemed'].map(
      (kind) => ({ kind }),
    ),
    ...['credential.issued', 'popup.cancelled', 'token.refused', 'popup.opened'].map((kind) => ({
      kind,
      attempt: kind,
    })),
    { kind: 'log.omitted', detail: { count: 3, of: 'calls' } },
  ];
  const ids = new EventIds();
  const at = new Date();
  const ofAll = { clientId, requestId: 'r-1234567', userId: 'u-1234567', summary: 'Something happened', at };
  await storage.appEvents.addAll(
    happened.map(({ kind, status, detail = {}, attempt }) => ({
      ...ofAll,
      id: ids.next(at.getTime()),
      kind,
      status,
      detail,
      attempt,
    })),
  );
}
