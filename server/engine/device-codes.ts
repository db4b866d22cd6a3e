import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { RealmStorage } from '../storage/index.ts';
import { createOwnLimiter, LimitState } from '../storage/limiter.ts';
import { HashedId, type OidcRecord } from '../storage/oidc-records.ts';
import { currentRequest, foundSoFar } from './engine-internals.ts';
import { assertModest, type KeptLimit } from './kept-limit.ts';
import { DEVICE_CODE_LIFETIME_SECONDS } from './lifetimes.ts';
import type { Middleware } from './middleware.ts';

/** The engine's name of what a device waits with (RFC 8628). */
export const DEVICE_CODE = 'DeviceCode';
/** The parameter in which an attempt keeps what the device shows. Only we set it. */
export const USER_CODE_PARAMETER = 'user_code';

/** What a user code is made of: no vowels, so no words, and nothing that looks like something else (RFC 8628 section 6.1). */
export const USER_CODES = { charset: 'base-20', mask: '****-****' } as const;

/** How long a device waits between two questions, as it is told; a network may bring two of them a little closer together. */
const INTERVAL_SECONDS = 5;
const CLOSEST_SECONDS = 4;

/** For so long we still know that a code has expired, and say so in place of that there is none. */
const KNOWN_AFTERWARDS_SECONDS = DEVICE_CODE_LIFETIME_SECONDS;

/** Stands for the identifier where the device is not there to tell it. Only its hash is stored. */
const HANDLE = 'hashed.';

/**
 * Stores device codes. A device has its code, and the person has what the device shows. That finds the record, but not the code, which is the
 * device's secret: what goes on in the browser names the record by the code's hash, which the token endpoint does not take.
 */
export function deviceCodeAdapter(
  records: Adapter,
  { oidcRecords }: RealmStorage,
  { kept, toPayload }: { kept: KeptLimit; toPayload: (record?: OidcRecord) => Promise<AdapterPayload | undefined> },
): Adapter {
  const pace = new PollPace();
  return {
    ...records,
    find: async (id) => {
      const payload = await toPayload(await oidcRecords.find(DEVICE_CODE, idOf(id)));
      if (!payload) return undefined;
      if (foundSoFar(currentRequest() ?? {}).route === 'token') await pace.check(id, payload);
      return { ...payload, jti: id };
    },
    findByUserCode: async (userCode) => {
      const id = await oidcRecords.findIdByUid(DEVICE_CODE, userCode);
      const payload = id && (await toPayload(await oidcRecords.find(DEVICE_CODE, id)));
      return payload && { ...payload, jti: HANDLE + id.hash };
    },
    upsert: async (id, payload, expiresIn = 0) => {
      const ctx = currentRequest();
      if (ctx?.oidc.route === 'device_authorization') {
        assertModest(payload['params']);
        await kept.count(ctx);
      }
      const { userCode } = payload;
      const params = { ...(payload['params'] as object), [USER_CODE_PARAMETER]: userCode };
      const known = { ...payload, params, uid: userCode };
      await oidcRecords.save(DEVICE_CODE, idOf(id), known, expiresIn + KNOWN_AFTERWARDS_SECONDS);
    },
  };
}

function idOf(id: string): string | HashedId {
  const isOfBrowser = id.startsWith(HANDLE) && foundSoFar(currentRequest() ?? {}).route !== 'token';
  return isOfBrowser ? new HashedId(id.slice(HANDLE.length)) : id;
}

/** Each process counts for itself: a device that asks too often costs no more than as many questions as there are processes. */
class PollPace {
  readonly #limiter = createOwnLimiter('polls', { points: 1, duration: CLOSEST_SECONDS });

  /** @throws SlowDown when nothing has been decided and the device asks too early (RFC 8628 section 3.5) */
  async check(id: string, { accountId, error }: AdapterPayload): Promise<void> {
    if (accountId !== undefined || error !== undefined) return;
    try {
      await this.#limiter.consume(id);
    } catch (refusal) {
      if (!(refusal instanceof LimitState)) throw refusal;
      throw new errors.SlowDown();
    }
  }
}

/** Tells a device how long to wait between two questions, which the engine leaves to the default of the same length. */
export const tellInterval: Middleware = async (ctx, next) => {
  await next();
  const { body } = ctx as { body?: { device_code?: string; interval?: number } | undefined };
  if (foundSoFar(ctx).route === 'device_authorization' && body?.device_code) body.interval = INTERVAL_SECONDS;
};

/** Refuses the parameter in a request: an attempt gets it from us. @throws InvalidRequest */
export function assertNoUserCode(_ctx: unknown, value: string | undefined): void {
  if (value !== undefined) throw new errors.InvalidRequest(`${USER_CODE_PARAMETER} is made by the server`);
}

/** What a person typed, as codes are kept: small or wide letters, dashes and spaces do not matter. @returns undefined when no code looks like this */
export function readUserCode(typed: string): string | undefined {
  const code = typed.normalize('NFKC').replaceAll(/[\s\p{P}\p{Cf}]/gu, '');
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/i.test(code) ? code.toUpperCase() : undefined;
}

/** As the device shows it. */
export function shownUserCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}
