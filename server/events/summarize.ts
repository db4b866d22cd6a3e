import type { AppEvent, CallDetail, EventKind, EventOf, MisplacedCredentials } from './app-event.ts';

const REFUSALS: Record<EventOf<'popup.refused'>['detail']['reason'], string> = {
  origin_not_registered: 'Refused: the origin is not registered',
  not_an_origin: 'Refused: the value sent as origin is not an origin',
  redirect_uri_not_registered: 'Refused: the redirect URI is not registered',
  app_disabled: 'Refused: the app is disabled',
  app_not_approved: 'Refused: the app is not approved for production',
  invalid_request: 'Refused: the request is invalid',
  not_silent: 'Not answered silently: the person must be asked',
  other_issuer: 'Refused: the client_id belongs to another issuer',
  server_error: 'Failed on our side',
};

const SIGN_IN_FAILURES: Record<string, string> = {
  invalid_credentials: 'the email address or password is wrong',
  too_many_attempts: 'too many attempts',
  account_unavailable: 'the account cannot be used',
  directory_down: 'the platform could not ask about the person',
  invalid_code: 'the code from the email is wrong or too old',
  code_not_mailed: 'the address has had too many codes',
  passkey_refused: 'the passkey was not accepted',
  upstream_denied: 'the person declined at another login',
  upstream_expired: 'the person came back too late from another login',
  upstream_unavailable: 'another login did not answer',
  upstream_refused: 'the answer of another login was not accepted',
};

/** One line for each event, in English only, because they are for developers, as error codes are. */
const SUMMARIES: { [Kind in EventKind]: (event: EventOf<Kind>) => string } = {
  'popup.opened': ({ detail }) => `Popup opened from ${detail.origin}`,
  'popup.sign_in_shown': () => 'Sign-in shown',
  'popup.sign_in_failed': ({ detail }) => `Sign-in failed: ${SIGN_IN_FAILURES[detail.reason] ?? detail.reason}`,
  'popup.consent_shown': () => 'Consent asked for',
  'popup.consent_given': ({ detail: { shared, declined } }) =>
    `Consent given: ${shared.join(', ') || 'no new field'}${declined.length > 0 ? `; declined: ${declined.join(', ')}` : ''}`,
  'consent.changed': ({ detail: { stopped, shared } }) =>
    stopped ? `The person no longer shares: ${stopped}` : `The person now shares: ${shared ?? ''}`,
  'consent.withdrawn': () => 'The person withdrew their consent',
  'device.shown': () => 'Asked whether the device is theirs',
  'device.approved': () => 'Device approved',
  'popup.cancelled': ({ detail }) => `Cancelled at ${detail.at}`,
  'popup.refused': ({ detail }) => {
    const what = detail.origin && detail.reason.endsWith('_not_registered') ? `: ${detail.origin}` : '';
    return `${REFUSALS[detail.reason]}${what}`;
  },
  'endpoint.refused': ({ detail }) => `Your sign-up endpoint refused the user with status ${detail.endpoint_status}`,
  'endpoint.unavailable': ({ detail }) => `Your sign-up endpoint did not answer as agreed: ${detail.reason}`,
  'credential.issued': ({ detail }) =>
    detail.response_type === 'code' ? 'Code issued' : `Credential issued${newUser(detail)}`,
  'code.redeemed': ({ detail }) => `Code redeemed${newUser(detail)}`,
  'token.refreshed': () => 'Token refreshed',
  'token.refused': ({ detail }) => `${detail.grant_type ?? 'Token'} refused: ${detail.error}${mistake(detail)}`,
  'userinfo.called': ({ detail }) => (detail.error ? `userinfo failed: ${detail.error}` : 'userinfo read'),
  'revocation.called': ({ detail: { token, error } }) => {
    if (error) return `Revocation failed: ${error}`;
    return token ? `Revoked: ${token}` : 'Revocation of an unknown token';
  },
  'logout.delivered': ({ detail }) => `Sign-out delivered to your backend at attempt ${detail.attempt}`,
  'logout.failed': ({ detail: { reason, attempt, given_up: isOver } }) =>
    `Sign-out not delivered to your backend at attempt ${attempt}: ${reason}${isOver ? ' (given up)' : ''}`,
  'webhook.failed': ({ detail: { type, reason, attempt, given_up: isOver } }) =>
    `${type} not delivered to your webhook at attempt ${attempt}: ${reason}${isOver ? ' (given up)' : ''}`,
  'api.called': callSummary,
  'embed.called': callSummary,
  'login.called': ({ detail }) =>
    detail.reason ? `external_login failed: ${detail.reason}${mistake(detail)}` : 'external_login: token issued',
  'log.omitted': ({ detail }) => `${detail.count} more not listed (${detail.of}): too many at once`,
};

function newUser(detail: { is_new_user?: boolean }): string {
  if (detail.is_new_user === undefined) return '';
  return detail.is_new_user ? ' for a new user' : ' for a known user';
}

/** What does not belong together. */
function mistake(detail: Partial<MisplacedCredentials> & { issuer?: string }): string {
  if (detail.issuer !== undefined) return ' (the client_id belongs to another issuer)';
  if (detail.sent === 'api_key') return ' (an API key was sent as the client secret)';
  return detail.sent === undefined ? '' : ' (from another environment)';
}

const KEY_ENDS = { expired: ' (the key has expired)', replaced: ' (the key was replaced)' } as const;

function callSummary({ detail }: { detail: CallDetail }): string {
  const { method, route, error, key_ended: ended, user_environment: elsewhere, ignored = [] } = detail;
  const more = [
    error && ` failed: ${error}`,
    ended && KEY_ENDS[ended],
    elsewhere && ` (the user is of ${elsewhere})`,
    ignored.length > 0 && ` (ignored: ${ignored.join(', ')})`,
  ];
  return `${method} ${route}${more.filter(Boolean).join('')}`;
}

/** The line that a list shows for an event. */
export function summarize(event: AppEvent): string {
  return (SUMMARIES[event.kind] as (event: AppEvent) => string)(event);
}
