import { hash } from 'node:crypto';
import type { Realm } from '@signup-with-platform/protocol';
import type { Insertable, Kysely } from 'kysely';
import { inEvenSizes } from './even-sizes.ts';
import type { NewIdentity } from './identities.ts';
import { randomId } from './ids.ts';
import type { AppField, AppRole, GrantRow, Tables, UserRow } from './tables.ts';

/** A passkey that another system has made, for the same relying party. */
export interface ImportedPasskey {
  credentialId: string;
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
  transports: readonly string[];
  name: string;
  /** Base64url. */
  userHandle: string;
  createdAt?: Date | undefined;
}

/** What somebody has agreed to share with an app before they were brought here. */
export interface ImportedConsent {
  clientId: string;
  /** What was agreed to. */
  fields: readonly AppField['field'][];
  /** The vendor's own id of the person. */
  userId?: string | undefined;
  /** The parts of oidc-provider's Grant model that a consent changes. */
  agreed: object;
  grantedAt?: Date | undefined;
}

/** What is brought with a person besides what they say of themselves. */
export interface Belongings {
  identities: readonly Omit<NewIdentity, 'accountId' | 'appId'>[];
  passkeys: readonly ImportedPasskey[];
  /** An authenticator app that works; its secret is sealed. */
  authenticator?: { id: string; secret: string } | undefined;
  consents: readonly ImportedConsent[];
  roles: readonly { appId: string; role: AppRole }[];
}

/** Of somebody who brings nothing but themselves. */
export const NO_BELONGINGS: Belongings = { identities: [], passkeys: [], consents: [], roles: [] };

/** Whose they are. */
export interface Owned {
  id: string;
  belongings: Belongings;
}

const NAME_LENGTH = 11;

const nameOf = (kind: string, id: string) => kind + hash('sha256', id, 'base64url').slice(0, NAME_LENGTH);
/** Names that are kept of what was brought, each a letter and a part of a hash. */
const NAMES = {
  identity: ({ issuer, subject }: { issuer: string; subject: string }) => nameOf('i', `${issuer} ${subject}`),
  passkey: ({ credentialId }: { credentialId: string }) => nameOf('p', credentialId),
  authenticator: 't',
  consent: ({ clientId }: { clientId: string }) => nameOf('c', clientId),
  role: ({ appId }: { appId: string }) => nameOf('r', appId),
} as const;

/** The names of everything that a row brings, and of what earlier ones brought, as they are stored. */
export function namesOf(belongings: Belongings, before: string | null): string | null {
  const { identities, passkeys, authenticator, consents, roles } = belongings;
  const names = [
    ...(before?.split(' ') ?? []),
    ...identities.map(NAMES.identity),
    ...passkeys.map(NAMES.passkey),
    ...(authenticator ? [NAMES.authenticator] : []),
    ...consents.map(NAMES.consent),
    ...roles.map(NAMES.role),
  ];
  return names.length === 0 ? null : [...new Set(names)].join(' ');
}

/**
 * What a row brings that no earlier one has. What was brought once is not brought again, so that what its owner has removed here since, or withdrawn,
 * stays so.
 */
export function notYetBrought(belongings: Belongings, before: string | null): Belongings {
  const names = new Set(before?.split(' '));
  return {
    identities: belongings.identities.filter((each) => !names.has(NAMES.identity(each))),
    passkeys: belongings.passkeys.filter((each) => !names.has(NAMES.passkey(each))),
    authenticator: names.has(NAMES.authenticator) ? undefined : belongings.authenticator,
    consents: belongings.consents.filter((each) => !names.has(NAMES.consent(each))),
    roles: belongings.roles.filter((each) => !names.has(NAMES.role(each))),
  };
}

type Insert = (table: keyof Tables, rows: readonly object[]) => Promise<void>;

/** Adds what is brought. What is there already stays as it is, because its owner, or whoever it belongs to, has made it here. */
export async function addBelongings(
  db: Kysely<Tables>,
  realm: Realm,
  people: readonly Owned[],
  now: number,
): Promise<void> {
  const each = <Kind, Row>(
    kinds: (belongings: Belongings) => readonly Kind[],
    row: (owner: object, kind: Kind) => Row,
  ) => people.flatMap(({ id, belongings }) => kinds(belongings).map((kind) => row({ realm, account_id: id }, kind)));
  const insert: Insert = async (table, rows) => {
    for (const some of inEvenSizes(rows))
      await db
        .insertInto(table)
        .values(some as never)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  };
  await insert(
    'identities',
    each(
      ({ identities }) => identities,
      (owner, { issuer, subject, upstream, email }) => ({
        ...{ ...owner, id: randomId(), app_id: '', issuer, subject, upstream },
        ...{ email: email ?? null, created_at: now, last_used_at: now },
      }),
    ),
  );
  await insert(
    'passkeys',
    each(
      ({ passkeys }) => passkeys,
      (owner, { credentialId, publicKey, counter, transports, name, userHandle, createdAt }) => ({
        ...{ ...owner, credential_id: credentialId, public_key: publicKey, counter, name, user_handle: userHandle },
        ...{ transports: JSON.stringify(transports), backed_up: null },
        ...{ created_at: createdAt?.getTime() ?? now, last_used_at: null },
      }),
    ),
  );
  await insert(
    'authenticators',
    each(
      ({ authenticator }) => (authenticator ? [authenticator] : []),
      (owner, { id, secret }) => ({ ...owner, state: 'active', id, secret, created_at: now }),
    ),
  );
  await insert(
    'app_members',
    people.flatMap(({ id, belongings: { roles } }) =>
      roles.map(({ appId, role }) => ({ app_id: appId, account_id: id, role, created_at: now })),
    ),
  );
  await addConsents(insert, db, realm, people, now);
}

/**
 * The user that the app will see, and the grant, with which the person is not asked again. Where the app knows them already, they have decided here,
 * and may have withdrawn it.
 */
async function addConsents(
  insert: Insert,
  db: Kysely<Tables>,
  realm: Realm,
  people: readonly Owned[],
  now: number,
): Promise<void> {
  const consents = people.flatMap(({ id, belongings }) =>
    belongings.consents.map((consent) => ({ accountId: id, ...consent })),
  );
  const keyOf = (accountId: string | null, clientId: string) => `${accountId} ${clientId}`;
  for (const some of inEvenSizes(consents)) {
    const users = await db
      .insertInto('users')
      .values(some.map((consent) => userRow(realm, consent, now)))
      .onConflict((conflict) => conflict.columns(['client_id', 'account_id', 'realm']).doNothing())
      .returning(['account_id', 'client_id'])
      .execute();
    const added = new Set(users.map((user) => keyOf(user.account_id, user.client_id)));
    const agreed = some.filter(({ accountId, clientId }) => added.has(keyOf(accountId, clientId)));
    await insert(
      'grants',
      agreed.map((consent) => grantRow(realm, consent, now)),
    );
  }
}

type Consent = ImportedConsent & { accountId: string };

function userRow(realm: Realm, { accountId, clientId, userId }: Consent, now: number): Insertable<UserRow> {
  return {
    ...{ id: randomId(), realm, client_id: clientId, account_id: accountId, external_id: userId ?? null },
    ...{ first_credential_at: null, created_at: now, updated_at: now },
  };
}

function grantRow(
  realm: Realm,
  { accountId, clientId, agreed, grantedAt }: Consent,
  now: number,
): Insertable<GrantRow> {
  const id = randomId();
  const agreedAt = grantedAt?.getTime() ?? now;
  // As oidc-provider writes its own.
  const payload = { iat: Math.floor(agreedAt / 1000), accountId, clientId, ...agreed, kind: 'Grant', jti: id };
  return {
    ...{ id, realm, client_id: clientId, account_id: accountId, payload: JSON.stringify(payload) },
    ...{ created_at: agreedAt, updated_at: now },
  };
}
