import type { AppEvent, EventKind } from './app-event.ts';

/** Apps with figures of their own: the first so many that have an event. Whoever comes later is one of the others. */
const MAX_APPS = 100;
/** Stands for the other apps, and for a word that is not on a list. */
const OTHER = 'other';

/** How often something has happened in one app. */
export interface EventCount {
  readonly clientId: string;
  readonly kind: EventKind;
  /** Why, where or how; one of a few. */
  readonly word: string;
  readonly count: number;
}

const ERRORS: ReadonlySet<string> = new Set([
  // Of sign-ins.
  'invalid_credentials',
  'too_many_attempts',
  'account_unavailable',
  'passkey_refused',
  'directory_down',
  // Of tokens (RFC 6749 section 5.2, RFC 8628 section 3.5).
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'access_denied',
  'expired_token',
  'server_error',
]);

interface Count {
  readonly kind: EventKind;
  readonly word: string;
  count: number;
}

/**
 * Counts events since the process started, for metrics. It counts those above the log's limits, too. Its memory is bounded: a hundred apps,
 * and for each the words that the code has.
 */
export class EventCounts {
  readonly #apps = new Map<string, Map<string, Count>>();

  /** @param clientId of an existing environment */
  note(clientId: string, event: AppEvent): void {
    const word = wordOf(event);
    if (word === undefined) return;
    const key = `${event.kind} ${word}`;
    const counts = this.#countsOf(clientId);
    const found = counts.get(key);
    if (found) found.count += 1;
    else counts.set(key, { kind: event.kind, word, count: 1 });
  }

  *list(): Generator<EventCount> {
    for (const [clientId, counts] of this.#apps) for (const count of counts.values()) yield { clientId, ...count };
  }

  #countsOf(clientId: string): Map<string, Count> {
    const known = this.#apps.get(clientId);
    if (known) return known;
    const name = this.#apps.size < MAX_APPS ? clientId : OTHER;
    const counts = this.#apps.get(name) ?? new Map<string, Count>();
    this.#apps.set(name, counts);
    return counts;
  }
}

/** What an event says besides its kind, one of a few words. @returns undefined for an event that is not counted */
function wordOf(event: AppEvent): string | undefined {
  switch (event.kind) {
    case 'popup.opened':
    case 'popup.consent_given':
    case 'endpoint.refused':
    case 'endpoint.unavailable':
    case 'code.redeemed':
    case 'token.refreshed':
      return '';
    case 'popup.cancelled':
      return event.detail.at;
    case 'popup.refused':
      return event.detail.reason;
    case 'credential.issued':
      return event.detail.response_type;
    case 'popup.sign_in_failed':
      return knownError(event.detail.reason);
    case 'token.refused':
      return knownError(event.detail.error);
    case 'login.called':
      return event.detail.reason === undefined ? 'issued' : 'failed';
    default:
      return undefined;
  }
}

function knownError(error: string): string {
  return ERRORS.has(error) ? error : OTHER;
}
