import { hash, verify } from '@node-rs/argon2';
import { elsewhere, hasClientGone } from '../../load/place.ts';
import { isTracing, traced } from '../../tracing/current-trace.ts';
import { OWN_PARAMETERS } from '../password-forms/argon2.ts';
import { lengthOf } from '../values/shown-text.ts';
import { hashQueue } from './hash-queue.ts';

export const MIN_PASSWORD_LENGTH = 8;
/** Bounds the work of hashing. Far longer than any passphrase. */
export const MAX_PASSWORD_LENGTH = 128;

/** Whoever pays for the work when the caller knows no better: the command line, and people who are signed in. */
const NOBODY = 'nobody';

/**
 * @param payer who has a place in the queue for it, see hash-queue.ts
 * @returns the hash as a PHC string, which carries its own salt and parameters
 * @throws OverloadedError
 */
export function hashPassword(password: string, payer: string = NOBODY): Promise<string> {
  return inQueue(payer, () => hash(normalize(password), OWN_PARAMETERS));
}

/** @throws OverloadedError */
export function verifyPassword(password: string, passwordHash: string, payer: string = NOBODY): Promise<boolean> {
  return inQueue(payer, () => verify(passwordHash, normalize(password)));
}

/** What the hash of any password with this salt begins with, as a model for {@link hashLike}. */
export function hashPrefix(salt: Uint8Array): string {
  const { memoryCost, timeCost, parallelism } = OWN_PARAMETERS;
  const text = Buffer.from(salt).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${text}$`;
}

/** Hashes a password as another one was hashed. They are equal when the passwords are. Outside the queue: see {@link inQueue}. */
export function hashLike(password: string, passwordHash: string): Promise<string> {
  const { memoryCost, timeCost, parallelism, salt } = readPhc(passwordHash);
  return hash(normalize(password), { memoryCost, timeCost, parallelism, salt });
}

/** Has to be asked first by whoever reads or counts anything before the hash. @throws OverloadedError when there is no place in the queue */
export function assertRoomFor(payer: string): void {
  hashQueue.assertRoomFor(payer);
}

/**
 * Runs several hashes in one place of the queue: none when the client has gone before they began. Those of whoever stays take the time that they
 * take, for every address.
 * @throws OverloadedError
 */
export function inQueue<Result>(payer: string, work: () => Promise<Result>): Promise<Result> {
  return elsewhere(() => {
    if (!isTracing()) return hashQueue.run(payer, work, hasClientGone);
    // The time in the queue is a part of what the person waits for, and the time of the hash another.
    return traced('wait for password hash', 'internal', {}, () =>
      hashQueue.run(payer, () => traced('password hash', 'internal', {}, work), hasClientGone),
    );
  });
}

/** The parameters of a hash in PHC format: `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
function readPhc(text: string): { memoryCost: number; timeCost: number; parallelism: number; salt: Uint8Array } {
  const [, , , costs = '', salt = ''] = text.split('$');
  const byName = new Map(costs.split(',').map((cost) => cost.split('=') as [string, string]));
  const cost = (name: string) => Number(byName.get(name));
  return {
    memoryCost: cost('m'),
    timeCost: cost('t'),
    parallelism: cost('p'),
    salt: new Uint8Array(Buffer.from(salt, 'base64')),
  };
}

/** The length in code points, so that an emoji is one character, and a letter with its accent, too. */
export function passwordLength(password: string): number {
  return lengthOf(password);
}

/** Keyboards may encode the same characters differently, so passwords are compared in NFKC (NIST SP 800-63B section 3.1.1.2). */
function normalize(password: string): string {
  return password.normalize('NFKC');
}

/** A hash that no password matches. It is checked when there is no account, so that the answer takes the same time. */
export const unmatchableHash: Promise<string> = hash(crypto.randomUUID(), OWN_PARAMETERS);
