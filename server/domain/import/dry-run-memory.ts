import { hash } from 'node:crypto';
import { emailKey } from '../../storage/accounts.ts';
import type { Candidate, Found } from './candidate.ts';

const FIRST_ROOM = 2 ** 12;
/** Eight million people take 270 MB. Of further ones, a dry run does not know what it has read of them before. */
const MAX_ENTRIES = 2 ** 23;
const FULL = 0.6;

/**
 * What a dry run would have written so far: who has been created or updated, and which addresses, identities and passkeys they have. So it says what
 * the import would do also where a file has somebody twice. Hashes of eight bytes are kept, because a file has millions of rows.
 */
export class DryRunMemory {
  #keys = new BigUint64Array(FIRST_ROOM);
  #values = new BigUint64Array(FIRST_ROOM);
  #count = 0;

  /** Adds what the rows before these would have written to what the database has. */
  overlay(batch: readonly Candidate[], { known, owners, identified, passkeyOwners }: Found): void {
    for (const { person } of batch) {
      const { key, digest } = person;
      const before = known.get(key);
      const isDone = this.#get(`row ${key}`);
      const accountId = before?.accountId ?? `row ${key}`;
      if (isDone !== undefined)
        known.set(key, {
          ...(before ?? { told: null, brought: null }),
          accountId,
          digest: isDone === hash64(digest) ? digest : '',
        });
      for (const [name, text, map] of this.#ownedBy({ person }, { owners, identified, passkeyOwners })) {
        const owner = this.#get(`${name} ${text}`);
        if (owner !== undefined) map.set(text, owner === hash64(key) ? accountId : 'another row');
      }
    }
  }

  /** Notes what a row would have written. */
  note({ person }: Pick<Candidate, 'person'>): void {
    this.#set(`row ${person.key}`, person.digest);
    for (const [name, text] of this.#ownedBy({ person })) this.#set(`${name} ${text}`, person.key);
  }

  #ownedBy(
    { person: { account, belongings } }: Pick<Candidate, 'person'>,
    { owners, identified, passkeyOwners }: Pick<Found, 'owners' | 'identified' | 'passkeyOwners'> = NO_ONE,
  ): [name: string, text: string, map: Map<string, string>][] {
    const { email, emailVerified } = account;
    return [
      ...(email !== undefined && emailVerified ? [['email', emailKey(email), owners] as const] : []),
      ...belongings.identities.map((each) => ['identity', `${each.issuer} ${each.subject}`, identified] as const),
      ...belongings.passkeys.map(({ credentialId }) => ['passkey', credentialId, passkeyOwners] as const),
    ].map((each) => [...each]);
  }

  #get(text: string): bigint | undefined {
    const key = hash64(text);
    const place = placeOf(this.#keys, key);
    return this.#keys[place] === key ? this.#values[place] : undefined;
  }

  #set(text: string, value: string): void {
    if (this.#count >= MAX_ENTRIES) return;
    if (this.#count > this.#keys.length * FULL) this.#grow();
    const key = hash64(text);
    const place = placeOf(this.#keys, key);
    if (this.#keys[place] === 0n) this.#count += 1;
    this.#keys[place] = key;
    this.#values[place] = hash64(value);
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new BigUint64Array(keys.length * 2);
    this.#values = new BigUint64Array(keys.length * 2);
    for (const [index, key] of keys.entries()) {
      if (key === 0n) continue;
      const place = placeOf(this.#keys, key);
      this.#keys[place] = key;
      this.#values[place] = values[index] ?? 0n;
    }
  }
}

const NO_ONE = { owners: new Map(), identified: new Map(), passkeyOwners: new Map() };

/** Where the key is, or the free place where it belongs. */
function placeOf(keys: BigUint64Array, key: bigint): number {
  let place = Number(key % BigInt(keys.length));
  while (keys[place] !== 0n && keys[place] !== key) place = (place + 1) % keys.length;
  return place;
}

/** Never zero, which stands for a free place. */
function hash64(text: string): bigint {
  return hash('sha256', text, 'buffer').readBigUInt64LE() | 1n;
}
