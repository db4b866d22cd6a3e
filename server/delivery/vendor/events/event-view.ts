import type { Language, MessageKey } from '@signup-with-platform/messages';
import { CODE_LIFETIME_SECONDS } from '@signup-with-platform/protocol';
import { type Outcome, outcomeAfter, rankOf } from '#events/outcome.ts';
import type { RecordedEvent } from '#storage/app-events.ts';

/** An event as a page shows it: texts, in the page's language but for those that developers know in English. */
export interface EventView {
  id: string;
  /** ISO 8601. */
  at: string;
  time: string;
  tag: string;
  tone: 'bad' | 'good' | 'plain';
  summary: string;
  /** Empty when there is none, as are the three below. */
  status: string;
  requestId: string;
  userId: string;
  /** The attempt that it belongs to. */
  attempt: string;
  /** How that attempt stands after this event, if none of its others has a higher rank. */
  outcome: string;
  outcomeTone: EventView['tone'];
  rank: string;
  /** JSON. */
  detail: string;
  /** What to do about it; empty when there is nothing to do. */
  advice: string;
}

/** Makes the views of a page's events. */
export function eventViewer(language: Language): (event: RecordedEvent) => EventView {
  const { t, isolate, timestamp, duration } = language;
  /** Where things are changed, by the names that the page's tabs have, and how long a code lives. */
  const known = {
    settings: t('vendor.app.tabs.settings'),
    setup: t('vendor.app.environmentTabs.setup'),
    keys: t('vendor.app.environmentTabs.keys'),
    duration: duration(CODE_LIFETIME_SECONDS, 'second'),
  };
  /** What the advice repeats of the details. */
  const namedIn = ({ origin, issuer, ...rest }: RecordedEvent['detail']) => ({
    origin: isolate(String(origin ?? '?')),
    issuer: isolate(String(issuer ?? '?')),
    ofClient: isolate(String(rest['client_environment'] ?? '?')),
    ofSecret: isolate(String(rest['secret_environment'] ?? '?')),
    ofUser: isolate(String(rest['user_environment'] ?? '?')),
    asked: isolate(String(rest['asked_environment'] ?? '?')),
    names: isolate(String(rest['ignored'] ?? '?')),
  });
  const adviceText = (event: RecordedEvent) => {
    const advice = adviceOf(event);
    if (advice === undefined) return '';
    return t(`vendor.events.advice.${advice}`, { ...known, ...namedIn(event.detail) });
  };
  return (event) => ({
    id: event.id,
    at: event.at.toISOString(),
    time: timestamp(event.at),
    tag: t(`vendor.events.tags.${tagOf(event)}`),
    tone: toneOf(event),
    summary: event.summary,
    status: event.status === undefined ? '' : String(event.status),
    requestId: event.requestId ?? '',
    userId: event.userId ?? '',
    attempt: event.attempt ?? '',
    outcome: t(`vendor.events.outcomes.${outcomeAfter(event)}`),
    outcomeTone: outcomeTone(outcomeAfter(event)),
    rank: rankOf(event),
    detail: JSON.stringify(jsonOf(event), null, 2),
    advice: adviceText(event),
  });
}

export function outcomeTone(outcome: Outcome): EventView['tone'] {
  if (outcome === 'failed') return 'bad';
  return outcome === 'shared' ? 'good' : 'plain';
}

function jsonOf({ id, kind, at, status, attempt, requestId, userId, detail }: RecordedEvent): Record<string, unknown> {
  return { id, kind, time: at.toISOString(), status, attempt, request_id: requestId, user_id: userId, ...detail };
}

const TAGS = [
  'popup',
  'consent',
  'endpoint',
  'credential',
  'code',
  'token',
  'logout',
  'webhook',
  'api',
  'embed',
  'login',
  'log',
] as const;

/** What is done with a token. */
const TOKEN_CALL = /^(userinfo|revocation)\./;

function tagOf({ kind }: RecordedEvent): (typeof TAGS)[number] {
  if (TOKEN_CALL.test(kind)) return 'token';
  return TAGS.find((tag) => kind.startsWith(`${tag}.`)) ?? 'log';
}

const BAD = /\.(refused|unavailable|failed)$/;
const GOOD = /^(credential\.issued|code\.redeemed|popup\.consent_given|logout\.delivered)$/;

function toneOf({ kind, status = 0 }: RecordedEvent): EventView['tone'] {
  if (BAD.test(kind) || status >= 400) return 'bad';
  return GOOD.test(kind) ? 'good' : 'plain';
}

type Advice = MessageKey extends infer Key ? (Key extends `vendor.events.advice.${infer Name}` ? Name : never) : never;

const ADVICE_OF_REFUSAL: Readonly<Record<string, Advice>> = {
  origin_not_registered: 'originNotRegistered',
  not_an_origin: 'notAnOrigin',
  redirect_uri_not_registered: 'redirectUriNotRegistered',
  app_disabled: 'appDisabled',
  app_not_approved: 'appNotApproved',
  invalid_request: 'invalidRequest',
  not_silent: 'notSilent',
  other_issuer: 'otherIssuer',
  server_error: 'serverError',
};

const ADVICE_OF_ERROR: Readonly<Record<string, Advice>> = {
  app_disabled: 'appDisabled',
  read_only_key: 'readOnlyKey',
  address_not_allowed: 'addressNotAllowed',
  too_many_requests: 'tooManyRequests',
  not_found: 'notFound',
};

/** Which credentials do not belong together. Undefined when that is not known. */
function adviceOfMistake(detail: RecordedEvent['detail']): Advice | undefined {
  if (detail['issuer'] !== undefined) return 'otherIssuer';
  if (detail['sent'] === 'api_key')
    return detail['secret_environment'] === undefined ? 'someApiKeyAsSecret' : 'apiKeyAsSecret';
  if (detail['sent'] === undefined) return undefined;
  return detail['secret_environment'] === detail['client_environment'] ? 'otherEnvironment' : 'secretOfOther';
}

/** What a refused login needs. The three values are not to blame where a field is missing, or the app disabled. */
function adviceOfLogin(detail: RecordedEvent['detail']): Advice {
  const reason = String(detail['reason']);
  if (reason.startsWith('[')) return 'loginField';
  if (reason === 'This app is disabled') return 'appDisabled';
  return adviceOfMistake(detail) ?? 'loginRefused';
}

/** What can be done about an event. Undefined when nothing has to be done. */
function adviceOf({ kind, status = 0, detail }: RecordedEvent): Advice | undefined {
  switch (kind) {
    case 'popup.refused':
      return ADVICE_OF_REFUSAL[String(detail['reason'])] ?? 'invalidRequest';
    case 'popup.sign_in_failed':
      return 'signInFailed';
    case 'endpoint.refused':
      return 'endpointRefused';
    case 'endpoint.unavailable':
      return 'endpointUnavailable';
    case 'token.refused':
      return adviceOfMistake(detail) ?? 'tokenRefused';
    case 'logout.failed':
      return 'logoutFailed';
    case 'webhook.failed':
      return 'webhookFailed';
    case 'log.omitted':
      return 'omitted';
    case 'consent.withdrawn':
      return 'consentWithdrawn';
    case 'consent.changed':
      return 'consentChanged';
  }
  if (status < 400) return detail['ignored'] === undefined ? undefined : 'ignored';
  if (status >= 500) return 'serverError';
  if (kind === 'login.called') return status === 401 ? adviceOfLogin(detail) : 'callFailed';
  if (detail['user_environment'] !== undefined) return 'userOfOther';
  return ADVICE_OF_ERROR[String(detail['error'])] ?? 'callFailed';
}
