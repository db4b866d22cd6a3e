import { portalStrings } from '#portal/strings.ts';
import type { RecordedEvent } from '#storage/app-events.ts';
import type { Language } from '#strings/pick-strings.ts';
import { fillText } from './fill-text.ts';
import { type EventStrings, eventStrings } from './strings.ts';

/** An event as a page shows it: texts, in the page's language but for those that developers know in English. */
export interface EventView {
  id: string;
  /** ISO 8601. */
  at: string;
  time: string;
  tag: string;
  tone: 'bad' | 'good' | 'plain';
  summary: string;
  /** Empty when there is none, as are the two below. */
  status: string;
  requestId: string;
  userId: string;
  /** JSON. */
  detail: string;
  /** What to do about it; empty when there is nothing to do. */
  advice: string;
}

/** Makes the views of a page's events. */
export function eventViewer(language: Pick<Language, 'tag'>): (event: RecordedEvent) => EventView {
  const strings = eventStrings(language);
  const { tabs, environmentTabs } = portalStrings(language).app;
  /** Where things are mended, by the names that stand on the page. */
  const places = { settings: tabs.settings, setup: environmentTabs.setup, keys: environmentTabs.keys };
  const times = new Intl.DateTimeFormat(language.tag, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return (event) => ({
    id: event.id,
    at: event.at.toISOString(),
    time: times.format(event.at),
    tag: strings.tags[tagOf(event)],
    tone: toneOf(event),
    summary: event.summary,
    status: event.status === undefined ? '' : String(event.status),
    requestId: event.requestId ?? '',
    userId: event.userId ?? '',
    detail: JSON.stringify(jsonOf(event), null, 2),
    advice: fillText(adviceOf(event, strings.advice) ?? '', {
      ...places,
      origin: String(event.detail['origin'] ?? '?'),
    }),
  });
}

function jsonOf({ id, kind, at, status, requestId, userId, detail }: RecordedEvent): Record<string, unknown> {
  return { id, kind, time: at.toISOString(), status, request_id: requestId, user_id: userId, ...detail };
}

const TAGS = ['popup', 'endpoint', 'credential', 'code', 'token', 'api', 'embed', 'login', 'log'] as const;

/** What is done with a token. */
const TOKEN_CALL = /^(userinfo|revocation)\./;

function tagOf({ kind }: RecordedEvent): (typeof TAGS)[number] {
  if (TOKEN_CALL.test(kind)) return 'token';
  return TAGS.find((tag) => kind.startsWith(`${tag}.`)) ?? 'log';
}

const BAD = /\.(refused|unavailable)$/;
const GOOD = /^(credential\.issued|code\.redeemed|popup\.consent_given)$/;

function toneOf({ kind, status = 0 }: RecordedEvent): EventView['tone'] {
  if (BAD.test(kind) || status >= 400) return 'bad';
  return GOOD.test(kind) ? 'good' : 'plain';
}

type Advice = EventStrings['advice'];

const ADVICE_OF_REFUSAL: Readonly<Record<string, keyof Advice>> = {
  origin_not_registered: 'originNotRegistered',
  not_an_origin: 'notAnOrigin',
  redirect_uri_not_registered: 'redirectUriNotRegistered',
  app_disabled: 'appDisabled',
  invalid_request: 'invalidRequest',
  not_silent: 'notSilent',
  server_error: 'serverError',
};

const ADVICE_OF_ERROR: Readonly<Record<string, keyof Advice>> = {
  app_disabled: 'appDisabled',
  read_only_key: 'readOnlyKey',
  address_not_allowed: 'addressNotAllowed',
  too_many_requests: 'tooManyRequests',
  not_found: 'notFound',
};

function adviceOf({ kind, status = 0, detail }: RecordedEvent, strings: Advice): string | undefined {
  switch (kind) {
    case 'popup.refused':
      return strings[ADVICE_OF_REFUSAL[String(detail['reason'])] ?? 'invalidRequest'];
    case 'popup.sign_in_failed':
      return strings.signInFailed;
    case 'endpoint.refused':
      return strings.endpointRefused;
    case 'endpoint.unavailable':
      return strings.endpointUnavailable;
    case 'token.refused':
      return strings.tokenRefused;
    case 'log.omitted':
      return strings.omitted;
  }
  if (status < 400) return undefined;
  if (status >= 500) return strings.serverError;
  if (kind === 'login.called') return status === 401 ? strings.loginRefused : strings.callFailed;
  return strings[ADVICE_OF_ERROR[String(detail['error'])] ?? 'callFailed'];
}
