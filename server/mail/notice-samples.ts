import type { Notice } from './notice.ts';

const about = { app: 'Fern', environment: 'production' };
const address = 'https://fern.example';

/** Every notice with all that it may know, for the tests to go through. */
export const SAMPLE_NOTICES: readonly Notice[] = [
  { kind: 'password_changed' },
  { kind: 'password_reset' },
  { kind: 'started_anew' },
  { kind: 'email_changed', from: 'old@example.com', to: 'new@example.com' },
  { kind: 'phone_changed' },
  { kind: 'passkey_added', name: 'Laptop' },
  { kind: 'passkey_removed', name: 'Laptop' },
  { kind: 'identity_added', name: 'Acme' },
  { kind: 'identity_removed', name: 'Acme' },
  { kind: 'signed_out_everywhere' },
  { kind: 'data_downloaded' },
  { kind: 'deletion_requested', date: new Date('2027-01-13T23:30:00Z') },
  { kind: 'deletion_cancelled' },
  { kind: 'client_secret_replaced', ...about },
  { kind: 'api_key_created', ...about, name: 'CI' },
  { kind: 'api_key_replaced', ...about, name: 'CI' },
  { kind: 'app_disabled', app: 'Fern' },
  { kind: 'app_enabled', app: 'Fern' },
  { kind: 'app_approved', app: 'Fern' },
  { kind: 'app_declined', app: 'Fern', reason: 'CI' },
  { kind: 'app_suspended', app: 'Fern', reason: 'CI' },
  { kind: 'app_name_approved', app: 'Fern', name: 'Laptop' },
  { kind: 'app_name_declined', app: 'Fern', name: 'Laptop', reason: 'CI' },
  { kind: 'app_changes_approved', app: 'Fern' },
  { kind: 'app_changes_declined', app: 'Fern', reason: 'CI' },
  { kind: 'app_deleted', app: 'Fern' },
  { kind: 'origin_added', ...about, address },
  { kind: 'redirect_uri_added', ...about, address },
  { kind: 'signup_endpoint_changed', ...about, address },
  { kind: 'member_added', app: 'Fern', member: 'Ada' },
  { kind: 'member_removed', app: 'Fern', member: 'Ada' },
  { kind: 'member_role_changed', app: 'Fern', member: 'Ada', role: 'read-only' },
  { kind: 'own_role_changed', app: 'Fern', role: 'owner' },
  { kind: 'removed_from_app', app: 'Fern' },
];
