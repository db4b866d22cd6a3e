import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import { isWithin } from '../../domain/apps/address-ranges.ts';
import type { KeyUses } from '../../domain/apps/key-uses.ts';
import { currentSecretMarks } from '../../domain/apps/secrets.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import type { Standing } from '../../storage/app-standing.ts';
import type { Storage } from '../../storage/index.ts';
import type { AccessTokenSubject, AccessTokens } from './access-token.ts';
import { ApiError } from './api-error.ts';

/** The caller: an environment of an app, and its rights. */
export interface VendorAccess {
  clientId: string;
  appId: string;
  environment: Environment;
  realm: Realm;
  readOnly: boolean;
  /** Of the operator's own fields that need it, those that the operator has approved for the app. */
  approvedFields: string[];
  /** First characters of the key. Absent for a token. */
  keyPrefix?: string;
}

export interface AuthenticationContext {
  storage: Pick<Storage, 'apiKeys' | 'appEnvironments'>;
  accessTokens: Readonly<Record<Realm, AccessTokens>>;
  keyUses: Pick<KeyUses, 'note'>;
}

type Presented = { kind: 'key'; key: string } | { kind: 'token'; token: string };

const CHALLENGE = { 'www-authenticate': 'Basic realm="user API", charset="UTF-8", Bearer realm="user API"' };

/**
 * Authenticates a caller in one of three ways: HTTP Basic with the key as user name (RFC 7617), `X-Api-Key`, or a bearer token of
 * external_login (RFC 6750).
 * @throws ApiError 400 for more than one way, 401 for none or an invalid one, 402 when the app may not be used, 403 when the key is not
 * allowed from this network address
 */
export async function authenticate(
  context: AuthenticationContext,
  request: Pick<FastifyRequest, 'headers' | 'ip'>,
): Promise<VendorAccess> {
  const presented = presentedBy(request);
  if (presented.kind === 'token') return accessOfToken(context, presented.token);
  const access = await context.storage.apiKeys.findAnyTime(presented.key);
  // The caller cannot tell an expired or replaced key from an unknown one, but the app's event log says which it was.
  if (!access || access.ended)
    throw unauthorized(
      'invalid_api_key',
      whyNoKey(presented.key),
      access && { clientId: access.clientId, keyPrefix: access.keyPrefix, keyEnded: access.ended },
    );
  if (access.standing !== 'active') throw notUsable(access.standing, access);
  if (access.addressRanges && !isWithin(request.ip, access.addressRanges)) {
    throw new ApiError(403, 'address_not_allowed', 'This key is not allowed from this network address.', { access });
  }
  context.keyUses.note(access);
  return access;
}

/** @throws ApiError 403 when the key may not write */
export function assertMayWrite(access: VendorAccess): void {
  if (access.readOnly)
    throw new ApiError(403, 'read_only_key', 'This key is read-only. Use one with full rights for this call.');
}

function presentedBy({ headers }: Pick<FastifyRequest, 'headers'>): Presented {
  const found: Presented[] = [];
  const apiKey = headers['x-api-key'];
  if (typeof apiKey === 'string' && apiKey !== '') found.push({ kind: 'key', key: apiKey });
  if (headers.authorization) found.push(parseAuthorization(headers.authorization));
  const [only, another] = found;
  if (another)
    throw new ApiError(
      400,
      'invalid_request',
      'Authenticate in one way only: send Authorization or X-Api-Key, not both.',
    );
  if (!only) {
    throw unauthorized(
      'missing_api_key',
      'Send your secret key, either as the user name of HTTP Basic with an empty password, or as X-Api-Key.',
    );
  }
  return only;
}

function parseAuthorization(header: string): Presented {
  const [scheme = '', value = '', ...rest] = header.trim().split(/\s+/);
  if (rest.length === 0 && value !== '') {
    if (scheme.toLowerCase() === 'bearer') return { kind: 'token', token: value };
    if (scheme.toLowerCase() === 'basic') {
      const [user = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
      if (user !== '' && password.join(':') === '') return { kind: 'key', key: user };
    }
  }
  throw unauthorized(
    'invalid_authorization',
    'Authorization must be Basic with the key as user name and no password, or Bearer with a token.',
  );
}

const isKeyShaped = (text: string) => /^sk_(?:live|test)_/.test(text);
/** Three parts, of which the first is JSON (RFC 7515 section 3). */
const isTokenShaped = (text: string) => /^eyJ[^.]*\.[^.]+\.[^.]+$/.test(text);

/** What was probably sent instead of a key. */
function whyNoKey(sent: string): string {
  if (isTokenShaped(sent)) return 'This is a token and no key. Send it as Authorization: Bearer.';
  if (isKeyShaped(sent)) return 'This key is not valid. Copy the secret key again, without white space around it.';
  return 'This is no key: a secret key begins with sk_live_ or sk_test_. You create one under Secret and keys of your app.';
}

const KEY_AS_TOKEN =
  'This is an API key and no token. Send it as X-Api-Key, or as the user name of HTTP Basic with an empty password ' +
  '(curl -u sk_…:). Bearer is for the tokens of external_login.';

async function accessOfToken({ storage, accessTokens }: AuthenticationContext, token: string): Promise<VendorAccess> {
  if (isKeyShaped(token)) throw unauthorized('invalid_token', KEY_AS_TOKEN);
  // Each realm has its own keys and issuer, so a token can be valid in only one of them.
  const subject = (await accessTokens.production.verify(token)) ?? (await accessTokens.sandbox.verify(token));
  const app = subject && (await storage.appEnvironments.findByClientId(subject.clientId));
  if (!app || app.environment !== subject?.environment || !isOfCurrentSecret(subject, app)) {
    throw unauthorized('invalid_token', 'The token has expired or is not valid. Log in again with external_login.');
  }
  if (app.standing !== 'active') throw notUsable(app.standing, { clientId: app.clientId });
  const { clientId, appId, environment, realm, approvedFields } = app;
  return { clientId, appId, environment, realm, approvedFields, readOnly: false };
}

/**
 * A token ends with the secret that it was made with: at once, or after the time of grace that the vendor has chosen. It also ends when the
 * app is stopped. Tokens of earlier versions have no mark.
 */
function isOfCurrentSecret({ secretMark }: AccessTokenSubject, app: AppEnvironment): boolean {
  // While the app is stopped, it is refused for that reason.
  if (app.disabled) return true;
  return secretMark === undefined ? app.stoppedAt === undefined : currentSecretMarks(app).includes(secretMark);
}

function unauthorized(code: string, message: string, access?: ApiError['access']): ApiError {
  return new ApiError(401, code, message, { headers: CHALLENGE, access });
}

/** One code for all, because the contract has one; the message says what to do. */
const NOT_USABLE: Readonly<Record<Exclude<Standing, 'active'>, string>> = {
  disabled: 'The app is disabled. Its owner or the platform can enable it again.',
  suspended: 'The platform has suspended the app. Its members see why in the portal.',
  pending: 'The platform has not approved the app for production yet. Use the sandbox until then.',
  declined: 'The platform has not approved the app for production. Its members see why in the portal.',
};

function notUsable(standing: Exclude<Standing, 'active'>, access: ApiError['access']): ApiError {
  return new ApiError(402, 'app_disabled', NOT_USABLE[standing], { access });
}
