import type { IncomingMessage } from 'node:http';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { endedSince, type SignInThere, sessionThereSchema } from '../domain/identities/session-there.ts';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import type { RealmStorage } from '../storage/index.ts';
import { browserHashOf, type CookieContext, devicesOf } from './device-cookie.ts';
import { currentRequest } from './engine-internals.ts';

/**
 * The engine saves a session with each request that uses it, mostly to move its end by the seconds since the last one. It is moved when that is
 * more than this. The last use that account pages show is as exact (storage/sessions.ts).
 */
const MOVED_AFTER_SECONDS = 5 * 60;

/** The session of a request to the engine, as it is stored. */
const STORED = Symbol('stored session');

interface StoredSession {
  readonly id: string;
  readonly exp: number;
  /** As text, because the engine changes the objects that it is given. */
  readonly content: string;
}

type EngineRequest = IncomingMessage & { [STORED]?: StoredSession; [CLIENT_ADDRESS]?: string };

/**
 * Stores sessions as records, and notes the device of each, because the account pages list where a person is signed in.
 * @param cookies whose device cookie says which of the account's browsers it is
 */
export function sessionAdapter(records: Adapter, rows: RealmStorage, cookies: CookieContext): Adapter {
  const { sessions } = rows;
  return {
    ...records,
    find: async (id) => {
      const payload = await records.find(id);
      if (payload) note(id, payload);
      return payload;
    },
    upsert: async (id, payload, expiresIn) => {
      // Outside a request to the engine, the caller that saves the session notes the device (browser-session.ts).
      const request = requestOfEngine();
      if (isStored(request?.[STORED], id, payload)) return;
      const { uid, accountId } = payload;
      // Noted before the session is saved, so that "sign out everywhere" at the same moment ends this session too.
      if (request && uid && accountId) {
        const { there, signOutCount } = provenBefore(accountId);
        const device = {
          userAgent: request.headers['user-agent'],
          address: request[CLIENT_ADDRESS],
          browserHash: browserIn(cookies, request, accountId),
          upstream: there,
        };
        await sessions.seen(uid, accountId, device, signOutCount);
        // What ended there a moment ago ends here as soon as it can be found.
        if (there && (await endedSince({ rows }, there))) await sessions.end(accountId, uid);
      }
      await records.upsert(id, payload, expiresIn);
      note(id, payload);
    },
  };
}

/** Set with the answer to the sign-in, which came before this request. */
function browserIn(cookies: CookieContext, request: IncomingMessage, accountId: string): string | undefined {
  const device = devicesOf(cookies, request).find((each) => each.accountId === accountId);
  return device && browserHashOf(device);
}

const resultSchema = z.object({
  login: z.object({
    accountId: z.string(),
    /** The account's count of sign-outs (storage/accounts.ts). */
    signOutCount: z.number().optional(),
    /** By which session at another login. */
    there: sessionThereSchema.optional(),
  }),
});

/** What was kept with the sign-in that the request continues after; nothing after none. */
function provenBefore(accountId: string): { there?: SignInThere | undefined; signOutCount?: number | undefined } {
  const { login } = resultSchema.safeParse(currentRequest()?.oidc.result).data ?? {};
  return login?.accountId === accountId ? login : {};
}

function requestOfEngine(): EngineRequest | undefined {
  return currentRequest()?.req;
}

function note(id: string, payload: AdapterPayload): void {
  const request = requestOfEngine();
  if (request) request[STORED] = { id, exp: payload.exp ?? 0, content: contentOf(payload) };
}

/** A session that has ended meanwhile needs no care: what is not saved does not bring it back. */
function isStored(stored: StoredSession | undefined, id: string, payload: AdapterPayload): boolean {
  if (stored?.id !== id) return false;
  const movedSeconds = (payload.exp ?? 0) - stored.exp;
  return movedSeconds >= 0 && movedSeconds <= MOVED_AFTER_SECONDS && stored.content === contentOf(payload);
}

/** What changes with the person or the app: not its end, nor its identifier, which is no part of what is stored. */
function contentOf({ exp: _end, jti: _id, ...content }: AdapterPayload): string {
  return JSON.stringify(content);
}
