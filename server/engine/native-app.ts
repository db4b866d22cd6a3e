import { isClaimed } from '@signup-with-platform/protocol';
import {
  type AdapterPayload,
  type Client,
  errors,
  type KoaContextWithOIDC,
  type default as Provider,
} from 'oidc-provider';
import { isNativeRedirectUri } from '../domain/apps/native-redirect-uri.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { appOf } from './clients.ts';
import { currentRequest, keepProperty } from './engine-internals.ts';

/** A native app: what is installed on a person's device, and so can keep no secret (RFC 8252). Its backend may use the same client id with the secret. */
export function isNative(client: Client): boolean {
  return appOf(client).kind === 'native';
}

/** Whether an app may be answered at a redirect URI: exactly as registered, and a native one on loopback at whichever port (RFC 8252 section 7.3). */
export function mayRedirectTo({ kind, redirectUris }: AppEnvironment, uri: string): boolean {
  return kind === 'native' ? isNativeRedirectUri(redirectUris, uri) : redirectUris.includes(uri);
}

/** Whether a call of an endpoint at which clients authenticate is a native app's own, which has no secret, and not its backend's. */
export function isWithoutSecret({ req, oidc }: KoaContextWithOIDC): boolean {
  return req.headers.authorization === undefined && oidc.params?.['client_secret'] === undefined;
}

/** Property of refresh tokens: how the client that received it had authenticated. Those of earlier versions lack it. */
const RECEIVED_BY = 'receivedBy';

/** Notes of each refresh token whether it went to a backend, which has the secret, or to an app on a device, which has none. */
export function noteWhoReceives(provider: Provider): void {
  keepProperty(provider, 'RefreshToken', RECEIVED_BY, () => currentRequest()?.oidc.client?.clientAuthMethod);
}

/** Whether a refresh token is of no use without the secret, because a client that had it received the token (RFC 6749 sections 6 and 10.4). */
export function isForTheBackend({ [RECEIVED_BY]: receivedBy }: AdapterPayload): boolean {
  const method = currentRequest()?.oidc.client?.clientAuthMethod;
  return receivedBy !== undefined && receivedBy !== 'none' && method === 'none';
}

/**
 * Whether somebody else's app may be where a request's answer goes: several apps of a device may claim one scheme, and any program one port
 * (RFC 8252 section 8.6). Only a claimed https address leads to the very app.
 */
export function mayBeImitated({ client, params }: KoaContextWithOIDC['oidc']): boolean {
  return client !== undefined && isNative(client) && !isClaimed(String(params?.['redirect_uri']));
}

/** How a native app may be answered: it has no page that gets a message or a form. */
const MODES: ReadonlySet<unknown> = new Set([undefined, 'query', 'fragment']);

/**
 * Refuses what a native app cannot do safely, whatever is allowed to others. An app without a secret proves by PKCE alone that it began (RFC
 * 8252 section 8.1). @throws InvalidRequest
 */
export function assertNativeRequest({ oidc }: KoaContextWithOIDC): void {
  const { client, params } = oidc;
  if (!client || !params || !isNative(client)) return;
  if (!MODES.has(params['response_mode'])) {
    // The error cannot be delivered in this way either.
    params['response_mode'] = undefined;
    throw new errors.InvalidRequest('a native app has no page; use response_mode=query');
  }
  if (oidc.route !== 'device_authorization' && params['code_challenge'] === undefined)
    throw new errors.InvalidRequest('a native app needs PKCE; send code_challenge with code_challenge_method=S256');
}
