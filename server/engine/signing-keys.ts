import { ID_TOKEN_ALGS, type IdTokenAlg } from '@signup-with-platform/protocol';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { nextChangeAt, type SigningJwk, type SigningKey, scheduleOf } from '../storage/signing-key-schedule.ts';
import type { SigningKeyRepository } from '../storage/signing-keys.ts';

/**
 * How long a new key is published before it signs. It is longer than any cache keeps the key set (`max-age` of /jwks is 5 minutes, the
 * client library keeps it for 10), so that every verifier knows a key before its first signature.
 */
export const SIGNING_KEY_LEAD_MS = 15 * 60 * 1000;
/** How often a process checks for changes by other processes or the command line. */
const POLL_INTERVAL_MS = 5_000;
/** The least that RFC 7518 section 3.3 allows. Every client takes it, and with more each signature would take several times as long. */
const RSA_BITS = 2_048;

/** The realm's published keys, of each algorithm the one that signs first. Creates the first key of each algorithm of which there is none. */
export async function loadSigningKeys(repository: SigningKeyRepository): Promise<SigningJwk[]> {
  const known = await repository.list();
  const missing = ID_TOKEN_ALGS.filter((alg) => !known.some((key) => key.alg === alg));
  if (missing.length === 0) return known;
  for (const key of await Promise.all(missing.map(generateSigningKey))) await repository.addFirst(key);
  return repository.list();
}

export interface Rotation {
  /** One of each algorithm, in the order of ID_TOKEN_ALGS. */
  keys: SigningJwk[];
  signsFrom: Date;
  /** Ids of the keys that are no longer published. */
  withdrawn: string[];
}

/**
 * Creates the next signing key of each algorithm. They are published at once and sign after `leadMs`. From then on the previous keys only
 * verify, until the last token that they signed has expired.
 * @param leadMs default 15 minutes
 */
export async function rotateSigningKey(
  repository: SigningKeyRepository,
  leadMs = SIGNING_KEY_LEAD_MS,
): Promise<Rotation> {
  await loadSigningKeys(repository);
  const keys = await Promise.all(ID_TOKEN_ALGS.map(generateSigningKey));
  const signsFrom = new Date(Date.now() + leadMs);
  await repository.add(keys, signsFrom);
  return { keys, signsFrom, withdrawn: [] };
}

/**
 * Replaces all keys with new ones at once, for when they may have leaked. From then on a verifier refuses every credential and token
 * issued before, as soon as it fetches the key set again.
 */
export async function replaceSigningKeys(repository: SigningKeyRepository): Promise<Rotation> {
  const keys = await Promise.all(ID_TOKEN_ALGS.map(generateSigningKey));
  const withdrawn = await repository.replaceAll(keys);
  return { keys, signsFrom: new Date(), withdrawn };
}

interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export interface SigningKeysOptions {
  log: Log;
  /** Default 5 seconds. */
  pollIntervalMs?: number | undefined;
  /** The clock, in milliseconds, for tests. Default: `Date.now`. */
  now?: () => number;
}

/** This process's copy of one realm's keys. It is kept up to date, so that a rotation needs no restart. */
export class SigningKeys {
  readonly #repository: SigningKeyRepository;
  readonly #log: Log;
  readonly #pollIntervalMs: number;
  readonly #now: () => number;
  readonly #listeners: ((published: readonly JWK[]) => void | Promise<void>)[] = [];
  #keys: readonly SigningKey[];
  #published: readonly JWK[] = [];
  #timer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> | undefined;
  #closed = false;

  private constructor(repository: SigningKeyRepository, keys: readonly SigningKey[], options: SigningKeysOptions) {
    this.#repository = repository;
    this.#keys = keys;
    this.#log = options.log;
    this.#pollIntervalMs = options.pollIntervalMs ?? POLL_INTERVAL_MS;
    this.#now = options.now ?? Date.now;
    this.#published = this.#publishedNow();
    this.#wait();
  }

  static async open(repository: SigningKeyRepository, options: SigningKeysOptions): Promise<SigningKeys> {
    await loadSigningKeys(repository);
    return new SigningKeys(repository, await repository.listAll(), options);
  }

  /** Private JWKs, of each algorithm the one that signs first. */
  get published(): readonly JWK[] {
    return this.#published;
  }

  /** Calls `listener` whenever the signing key or the set of published keys changes. */
  onChange(listener: (published: readonly JWK[]) => void | Promise<void>): void {
    this.#listeners.push(listener);
  }

  /** Reads the keys now. When the database is unreachable, the known keys still follow their schedule. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
      this.#wait();
    });
    return this.#refreshing;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    try {
      const keys = await this.#repository.listAll();
      // There is always a key. An empty answer is an error, and is ignored.
      if (keys.length > 0) this.#keys = keys;
    } catch (error) {
      this.#log.warn({ err: error }, 'the signing keys could not be read');
    }
    const published = this.#publishedNow();
    if (kidsOf(published).join() === kidsOf(this.#published).join()) return;
    try {
      for (const listener of this.#listeners) await listener(published);
      this.#published = published;
      this.#log.info({ kids: kidsOf(published) }, 'the signing keys have changed');
    } catch (error) {
      this.#log.warn({ err: error }, 'the signing keys could not be changed');
    }
  }

  #publishedNow(): JWK[] {
    return scheduleOf(this.#keys, this.#now()).map(({ jwk }) => jwk);
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    const nowMs = this.#now();
    const changeMs =
      (nextChangeAt(scheduleOf(this.#keys, nowMs), nowMs)?.getTime() ?? Number.POSITIVE_INFINITY) - nowMs;
    this.#timer = setTimeout(() => void this.refresh(), Math.min(changeMs, this.#pollIntervalMs)).unref();
  }
}

function kidsOf(keys: readonly JWK[]): (string | undefined)[] {
  return keys.map(({ kid }) => kid);
}

/** Web Crypto generates keys in another thread, because an RSA key takes a good part of a second, in which people are to be answered. */
async function generateSigningKey(alg: IdTokenAlg): Promise<SigningJwk> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: RSA_BITS });
  const jwk = await exportJWK(privateKey);
  // The id is the key's thumbprint (RFC 7638), so two keys can never share one.
  return { ...jwk, alg, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}
