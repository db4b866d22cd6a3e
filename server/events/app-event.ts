import type { Field } from '@signup-with-platform/protocol';

/** How a call of the user API or of the embedded sign-up contract authenticated. */
export interface CallDetail {
  method: string;
  /** The route's template, never the path: a path may hold whatever the caller wrote into it. */
  route: string;
  /** Stable code of the error that was answered. */
  error?: string;
  /** First characters of the API key; without it, a token of external_login was used. */
  key?: string;
  /** Why the key opened nothing, when it once did. */
  key_ended?: 'expired' | 'replaced';
}

/**
 * What is known of each kind of event besides the request, the user and the status. No e-mail address, no name, no network address, no
 * secret, no code, no token: whoever may read the log of an app is not whoever may read its users.
 */
export interface EventDetails {
  'popup.opened': { origin: string; response_type: string };
  'popup.sign_in_shown': { origin?: string };
  'popup.sign_in_failed': { reason: string };
  'popup.consent_shown': { origin?: string };
  'popup.consent_given': { shared: readonly Field[]; declined: readonly Field[] };
  'popup.cancelled': { at: 'sign-in' | 'consent' };
  'popup.refused': {
    reason:
      | 'origin_not_registered'
      | 'not_an_origin'
      | 'redirect_uri_not_registered'
      | 'app_disabled'
      | 'invalid_request'
      | 'not_silent'
      | 'server_error';
    /** Where the page that asked runs, as far as it is an origin. */
    origin?: string;
    /** What the developer should mend. */
    hint?: string;
  };
  'endpoint.refused': { endpoint_status: number };
  'endpoint.unavailable': { reason: string };
  'credential.issued': { response_type: 'id_token' | 'code'; is_new_user?: boolean };
  'code.redeemed': { is_new_user?: boolean };
  'token.refreshed': Record<string, never>;
  'token.refused': { error: string; hint?: string; grant_type?: string };
  'userinfo.called': { error?: string };
  /** `token` is what was revoked; without it there was no such token (any more), which is answered alike (RFC 7009 section 2.2). */
  'revocation.called': { token?: 'access_token' | 'refresh_token'; error?: string };
  'api.called': CallDetail;
  'embed.called': CallDetail;
  'login.called': { reason?: string };
  /** Written by the log itself, in place of what was too much. */
  'log.omitted': { count: number; of: EventFamily };
}

export type EventKind = keyof EventDetails;

/** One thing that happened around an app. */
export type AppEvent = { [Kind in EventKind]: EventOf<Kind> }[EventKind];

export interface EventOf<Kind extends EventKind> {
  kind: Kind;
  detail: EventDetails[Kind];
  /** X-Request-Id of the response in which it shows. */
  requestId?: string | undefined;
  /** The app's user, by the id that the vendor sees. */
  userId?: string | undefined;
  /** HTTP status of the answer, of calls by the vendor's backend. */
  status?: number | undefined;
}

/** Noise in one of them leaves room for the others. */
export const EVENT_FAMILIES = ['popup', 'calls', 'failed calls'] as const;
export type EventFamily = (typeof EVENT_FAMILIES)[number];

export function familyOf({ kind, status = 0 }: AppEvent): EventFamily {
  if (!kind.endsWith('.called') && kind !== 'token.refused') return 'popup';
  return kind === 'token.refused' || status >= 400 ? 'failed calls' : 'calls';
}

/** What a developer looks for, each with the kinds that belong to it. */
export const EVENT_GROUPS = {
  popup: [
    'popup.opened',
    'popup.sign_in_shown',
    'popup.sign_in_failed',
    'popup.consent_shown',
    'popup.consent_given',
    'popup.cancelled',
    'popup.refused',
    'endpoint.refused',
    'endpoint.unavailable',
  ],
  credentials: [
    'credential.issued',
    'code.redeemed',
    'token.refreshed',
    'token.refused',
    'userinfo.called',
    'revocation.called',
  ],
  api: ['api.called'],
  login: ['login.called'],
  embed: ['embed.called', 'endpoint.refused', 'endpoint.unavailable'],
} as const satisfies Record<string, readonly EventKind[]>;

/** Of the kinds without a status, those in which something went wrong. */
export const PROBLEM_KINDS = [
  'popup.sign_in_failed',
  'popup.refused',
  'endpoint.refused',
  'endpoint.unavailable',
  'token.refused',
] as const satisfies readonly EventKind[];

export type EventGroup = keyof typeof EVENT_GROUPS | 'problems';
export const EVENT_GROUP_NAMES = ['problems', 'popup', 'credentials', 'api', 'login', 'embed'] as const;
