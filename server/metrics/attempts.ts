import { Counter, type Registry } from '@prometheus-io/client';
import type { EventCount } from '../events/event-counts.ts';
import type { Measured } from './measured.ts';

interface Figure {
  readonly help: string;
  /** Undefined for a figure that has no label but the app's. */
  readonly label?: string;
  /** The label's value; undefined for events that do not count. */
  labelOf(event: EventCount): string | undefined;
}

const only =
  (kind: EventCount['kind']): Figure['labelOf'] =>
  (event) =>
    event.kind === kind ? event.word : undefined;

const FIGURES: Readonly<Record<string, Figure>> = {
  popups_opened_total: {
    help: 'Attempts to sign up that were let in.',
    labelOf: only('popup.opened'),
  },
  popups_agreed_total: {
    help: 'Consents that people gave. Somebody who comes back is not asked again.',
    labelOf: only('popup.consent_given'),
  },
  popups_answered_total: {
    help: 'Attempts whose app was handed a credential or a code.',
    label: 'response_type',
    labelOf: only('credential.issued'),
  },
  popups_cancelled_total: {
    help: 'Attempts that people ended.',
    label: 'at',
    labelOf: only('popup.cancelled'),
  },
  popups_failed_total: {
    help: "Attempts that were refused, or that the app's own sign-up endpoint refused or did not answer.",
    label: 'reason',
    labelOf: ({ kind, word }) => {
      if (kind === 'endpoint.refused' || kind === 'endpoint.unavailable') return kind.replace('.', '_');
      return kind === 'popup.refused' ? word : undefined;
    },
  },
  sign_ins_failed_total: {
    help: 'Sign-ins in the popup that failed.',
    label: 'reason',
    labelOf: only('popup.sign_in_failed'),
  },
  tokens_refused_total: {
    help: 'Requests of backends for a token that were refused.',
    label: 'error',
    labelOf: only('token.refused'),
  },
  credentials_signed_total: {
    help: 'Signed: credentials for the popup, ID tokens for a code or a refresh token, tokens of external_login.',
    label: 'kind',
    labelOf: ({ kind, word }) => {
      if (kind === 'credential.issued' && word === 'id_token') return word;
      if (kind === 'code.redeemed') return 'code';
      if (kind === 'token.refreshed') return 'refresh_token';
      return kind === 'login.called' && word === 'issued' ? 'external_login' : undefined;
    },
  },
};

/** What became of attempts to sign up, by app. */
export function measureAttempts(registry: Registry, events: Measured['events']): void {
  for (const [name, { help, label, labelOf }] of Object.entries(FIGURES)) {
    new Counter({
      name,
      help,
      labelNames: label === undefined ? ['client_id'] : ['client_id', label],
      registers: [registry],
      collect() {
        this.reset();
        for (const event of events.list()) {
          const value = labelOf(event);
          if (value === undefined) continue;
          this.inc({ client_id: event.clientId, ...(label !== undefined && { [label]: value }) }, event.count);
        }
      },
    });
  }
}
