import type { Environment, Field, WebhookEventType } from '@signup-with-platform/protocol';

/** How a call of the user API or of the embedded sign-up contract authenticated. */
export interface CallDetail {
  method: string;
  /** The route's template, never the path, because a path may contain anything that the caller wrote. */
  route: string;
  /** Stable code of the error in the response. */
  error?: string;
  /** First characters of the API key. Absent when the call used a token of external_login. */
  key?: string;
  /** Why a key that used to be valid was refused. */
  key_ended?: 'expired' | 'replaced';
  /** The environment of the same app that has the user who was asked for. */
  user_environment?: Environment;
  /** Names in the request that the call does not know. */
  ignored?: readonly string[];
}

/** What was sent as client_id and client secret, where each may be right and the two do not belong together. */
export interface MisplacedCredentials {
  /** What was sent as the secret. */
  sent: 'client_secret' | 'api_key';
  /** Of the client_id. */
  client_environment: Environment;
  /** Of the secret or API key, if it is one of the app's. */
  secret_environment?: Environment;
}

/**
 * The details of each kind of event, besides request, user and status. They never contain an email address, name, network address,
 * secret, code or token, because a member who may read an app's log may not be allowed to read its users.
 */
export interface EventDetails {
  'popup.opened': { origin: string; response_type: string };
  'popup.sign_in_shown': { origin?: string };
  'popup.sign_in_failed': { reason: string };
  'popup.consent_shown': { origin?: string };
  'popup.consent_given': { shared: readonly Field[]; declined: readonly Field[] };
  /** By the person, at the account, after the popup. */
  'consent.changed': { shared?: Field; stopped?: Field };
  'consent.withdrawn': Record<string, never>;
  /** Somebody was asked whether a device is theirs, and, after that, has agreed (RFC 8628). */
  'device.shown': Record<string, never>;
  'device.approved': Record<string, never>;
  'popup.cancelled': { at: 'sign-in' | 'consent' };
  'popup.refused': {
    reason:
      | 'origin_not_registered'
      | 'not_an_origin'
      | 'redirect_uri_not_registered'
      | 'app_disabled'
      | 'app_not_approved'
      | 'invalid_request'
      | 'not_silent'
      | 'other_issuer'
      | 'server_error';
    /** The origin of the page that asked, if it is a valid one. */
    origin?: string;
    /** What the developer should fix. */
    hint?: string;
    /** Of the client_id, if it is not the one that was asked; and the environment that the client_id belongs to. */
    issuer?: string;
    client_environment?: Environment;
  };
  'endpoint.refused': { endpoint_status: number };
  'endpoint.unavailable': {
    reason: string;
    endpoint_status?: number;
    /** The beginning of an answer that was not as agreed, without the details that were sent. */
    answer?: string;
    /** Rounded. */
    took_ms?: number;
  };
  'credential.issued': { response_type: 'id_token' | 'code'; is_new_user?: boolean };
  'code.redeemed': { is_new_user?: boolean };
  'token.refreshed': Record<string, never>;
  'token.refused': { error: string; hint?: string; grant_type?: string } & Partial<MisplacedCredentials> & {
      /** Of the client_id, if it is not the one that was asked. */
      issuer?: string;
    };
  'userinfo.called': { error?: string };
  /** `token` says what was revoked. Absent when no such token exists, which gets the same answer (RFC 7009 section 2.2). */
  'revocation.called': { token?: 'access_token' | 'refresh_token'; error?: string };
  /** By the back channel. `attempt` counts from 1. */
  'logout.delivered': { endpoint_status: number; attempt: number };
  'logout.failed': { reason: string; attempt: number; given_up: boolean };
  /** `event` is the `webhook-id`. `attempt` counts from 1. */
  'webhook.failed': {
    type: WebhookEventType;
    event: string;
    webhook: string;
    reason: string;
    attempt: number;
    given_up: boolean;
  };
  'api.called': CallDetail;
  'embed.called': CallDetail;
  'login.called': { reason?: string } & Partial<MisplacedCredentials> & {
      /** As the call named it. */
      asked_environment?: Environment;
    };
  /** Written by the log itself in place of the events above its limits. */
  'log.omitted': { count: number; of: EventFamily };
}

export type EventKind = keyof EventDetails;

/** One event of an app. */
export type AppEvent = { [Kind in EventKind]: EventOf<Kind> }[EventKind];

export interface EventOf<Kind extends EventKind> {
  kind: Kind;
  detail: EventDetails[Kind];
  /** X-Request-Id of the response. */
  requestId?: string | undefined;
  /** Ties together the events of one attempt to sign up, from the popup to the code. */
  attempt?: string | undefined;
  /** The user's id as the vendor sees it (`sub`). */
  userId?: string | undefined;
  /** HTTP status of the response; only for calls by the vendor's backend. */
  status?: number | undefined;
}

/** Each family has its own limits, so that many events of one do not displace the others. */
export const EVENT_FAMILIES = ['popup', 'calls', 'failed calls'] as const;
export type EventFamily = (typeof EVENT_FAMILIES)[number];

export function familyOf({ kind, status = 0 }: AppEvent): EventFamily {
  if (kind === 'webhook.failed') return 'failed calls';
  if (!kind.endsWith('.called') && kind !== 'token.refused') return 'popup';
  return kind === 'token.refused' || status >= 400 ? 'failed calls' : 'calls';
}

/** The log's filters, each with its kinds of events. */
export const EVENT_GROUPS = {
  popup: [
    'popup.opened',
    'popup.sign_in_shown',
    'popup.sign_in_failed',
    'popup.consent_shown',
    'popup.consent_given',
    'consent.changed',
    'consent.withdrawn',
    'device.shown',
    'device.approved',
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
    'logout.delivered',
    'logout.failed',
  ],
  api: ['api.called', 'webhook.failed'],
  login: ['login.called'],
  embed: ['embed.called', 'endpoint.refused', 'endpoint.unavailable'],
} as const satisfies Record<string, readonly EventKind[]>;

/** Every kind. */
export const EVENT_KINDS = [...new Set<EventKind>([...Object.values(EVENT_GROUPS).flat(), 'log.omitted'])];

/** Kinds that count as problems although they have no HTTP status. */
export const PROBLEM_KINDS = [
  'popup.sign_in_failed',
  'popup.refused',
  'endpoint.refused',
  'endpoint.unavailable',
  'token.refused',
  'logout.failed',
  'webhook.failed',
] as const satisfies readonly EventKind[];

export type EventGroup = keyof typeof EVENT_GROUPS | 'problems';
export const EVENT_GROUP_NAMES = ['problems', 'popup', 'credentials', 'api', 'login', 'embed'] as const;
