import type { Realm } from '@signup-with-platform/protocol';
import type { DataKeys } from '../../data-key/data-keys.ts';
import { emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import { notYetBrought } from '../../storage/imported-belongings.ts';
import { changesOf, toldBy } from '../../storage/imported-values.ts';
import type { KnownPerson } from '../../storage/imports.ts';
import type { Storage } from '../../storage/index.ts';
import { isWeak } from '../password-forms/sealed.ts';
import type { Candidate, Found, Judged, LeftAlone, ToUpdate } from './candidate.ts';
import type { DryRunMemory } from './dry-run-memory.ts';
import type { Refused } from './person.ts';

export interface JudgeOptions {
  realm: Realm;
  /** What seals weak digests and the secrets of authenticator apps. */
  dataKeys: DataKeys;
  /** Brings people, too, who were erased here. */
  again?: boolean | undefined;
}

/** What a row has that is another account's, as reports count it. */
export const OTHERS = {
  email: 'email: another account has verified it',
  identities: 'identities: opens another account',
  passkeys: 'passkeys: opens another account',
};
const NEEDS_KEY = {
  password: 'password_hash is so weak that it is stored encrypted, which needs the setting DATA_KEY',
  totp: 'totp is stored encrypted, which needs the setting DATA_KEY',
};
const ERASED = 'was deleted here since; --again brings them all the same';

/** Tells new people from known ones, and from those who have what belongs to somebody else. */
export async function judge(
  storage: Storage,
  batch: readonly Candidate[],
  options: JudgeOptions,
  memory?: DryRunMemory,
): Promise<Judged> {
  const { imports } = storage.realm(options.realm);
  const found = await findAll(storage, batch, options);
  memory?.overlay(batch, found);
  const refuseApp = await appRefusals(storage, batch, options);
  const erased = options.again ? new Set<string>() : await imports.erased(batch.map(({ person }) => person.key));
  const judged: Judged = { unchanged: 0, toCreate: [], toUpdate: [], rejects: [], leftAlone: [] };
  for (const candidate of batch) {
    const { line, row, person } = candidate;
    const before = found.known.get(person.key);
    if (before?.digest === person.digest) {
      judged.unchanged += 1;
      continue;
    }
    const refused =
      (!before && erased.has(person.key) ? { reason: ERASED } : undefined) ??
      keyNeeded(candidate, options) ??
      refuseApp(candidate) ??
      conflictOf(person, before?.accountId, found);
    if (refused) {
      judged.rejects.push({ line, ...refused, row });
      continue;
    }
    if (before) judged.leftAlone.push(...othersOf(candidate, before, found));
    claim(person, before?.accountId ?? person.key, found);
    if (before) judged.toUpdate.push({ ...candidate, id: before.accountId, before, present: undefined });
    else judged.toCreate.push({ ...candidate, id: randomId() });
    memory?.note(candidate);
  }
  const present = await imports.present(judged.toUpdate.map(({ id }) => id));
  for (const each of judged.toUpdate) {
    each.present = present.get(each.id);
    judged.leftAlone.push(...changedHere(each));
  }
  return judged;
}

async function findAll(storage: Storage, batch: readonly Candidate[], { realm }: JudgeOptions): Promise<Found> {
  const { imports } = storage.realm(realm);
  const people = batch.map(({ person }) => person);
  const verified = people.flatMap(({ account: { email, emailVerified } }) =>
    email !== undefined && emailVerified ? [emailKey(email)] : [],
  );
  const passkeys = people.flatMap(({ belongings }) => belongings.passkeys.map(({ credentialId }) => credentialId));
  return {
    known: await imports.known(people.map(({ key }) => key)),
    owners: await imports.verified(verified),
    identified: await imports.identified(people.flatMap(({ belongings }) => belongings.identities)),
    passkeyOwners: await imports.passkeyOwners(passkeys),
  };
}

function keyNeeded({ password, totp }: Candidate, { dataKeys }: JudgeOptions): Refused | undefined {
  if (dataKeys.isAvailable) return undefined;
  if (password !== undefined && isWeak(password)) return { reason: NEEDS_KEY.password };
  return totp === undefined ? undefined : { reason: NEEDS_KEY.totp };
}

/** Apps are few, and people name the same ones. */
async function appRefusals(
  storage: Storage,
  batch: readonly Candidate[],
  { realm }: JudgeOptions,
): Promise<(candidate: Candidate) => Refused | undefined> {
  const belongings = batch.map(({ person }) => person.belongings);
  const clientIds = new Set(belongings.flatMap(({ consents }) => consents.map(({ clientId }) => clientId)));
  const appIds = new Set(belongings.flatMap(({ roles }) => roles.map(({ appId }) => appId)));
  const fieldsOf = new Map<string, readonly string[]>();
  for (const clientId of clientIds) {
    const app = await storage.appEnvironments.findByClientId(clientId);
    if (app?.realm === realm)
      fieldsOf.set(
        clientId,
        app.fields.map(({ field }) => field),
      );
  }
  const known = new Set<string>();
  for (const appId of appIds) if (await storage.apps.find(appId)) known.add(appId);
  return ({ person: { belongings } }) => {
    if (realm !== 'production' && belongings.roles.length > 0)
      return { reason: 'roles: people of production work on apps, those of the sandbox do not' };
    const stranger = belongings.roles.find(({ appId }) => !known.has(appId));
    if (stranger) return { reason: `roles: there is no app ${stranger.appId}`, kind: 'roles: unknown app' };
    for (const { clientId, fields } of belongings.consents) {
      const registered = fieldsOf.get(clientId);
      if (!registered)
        return {
          reason: `consents: no app of this realm has the client_id ${clientId}`,
          kind: 'consents: unknown app',
        };
      const other = fields.find((field) => !registered.includes(field));
      if (other !== undefined) return { reason: `consents: ${clientId} does not ask for ${other}` };
    }
    return undefined;
  };
}

function conflictOf(
  { account: { email, emailVerified }, belongings }: Candidate['person'],
  accountId: string | undefined,
  { owners, identified, passkeyOwners }: Found,
): Refused | undefined {
  const owner = email !== undefined && emailVerified ? owners.get(emailKey(email)) : undefined;
  if (owner !== undefined && owner !== accountId)
    return { reason: `email: another account has verified ${email}`, kind: OTHERS.email };
  // Of somebody who is known, it may be their own from an earlier row, which stays as it is; others are said to have been left alone.
  if (accountId !== undefined) return undefined;
  const identity = belongings.identities.find((each) => identified.has(`${each.issuer} ${each.subject}`));
  if (identity)
    return {
      reason: `identities: ${identity.subject} opens another account`,
      kind: OTHERS.identities,
    };
  const passkey = belongings.passkeys.find(({ credentialId }) => passkeyOwners.has(credentialId));
  return (
    passkey && {
      reason: `passkeys: ${passkey.credentialId} opens another account`,
      kind: OTHERS.passkeys,
    }
  );
}

/** Of two in one batch, the first has it. */
function claim({ account: { email, emailVerified }, belongings }: Candidate['person'], owner: string, found: Found) {
  if (email !== undefined && emailVerified) found.owners.set(emailKey(email), owner);
  for (const { issuer, subject } of belongings.identities) {
    const name = `${issuer} ${subject}`;
    if (!found.identified.has(name)) found.identified.set(name, owner);
  }
  for (const { credentialId } of belongings.passkeys)
    if (!found.passkeyOwners.has(credentialId)) found.passkeyOwners.set(credentialId, owner);
}

/** What a row brings to somebody who is known, and which opens another account. */
function othersOf({ line, person }: Candidate, { accountId, brought }: KnownPerson, found: Found): LeftAlone[] {
  const { identities, passkeys } = notYetBrought(person.belongings, brought);
  const isOthers = (owner: string | undefined) => owner !== undefined && owner !== accountId;
  const because = 'opens another account';
  return [
    ...identities
      .filter(({ issuer, subject }) => isOthers(found.identified.get(`${issuer} ${subject}`)))
      .map(() => ({ line, what: 'identities', because }) as const),
    ...passkeys
      .filter(({ credentialId }) => isOthers(found.passkeyOwners.get(credentialId)))
      .map(() => ({ line, what: 'passkeys', because }) as const),
  ];
}

function changedHere({ line, person, before, present }: ToUpdate): LeftAlone[] {
  if (!present) return [];
  const { kept } = changesOf(toldBy(person.account), before.told, present);
  return kept.map((column) => ({
    line,
    what: column === 'email_key' ? 'email' : column,
    because: 'changed here',
  }));
}
