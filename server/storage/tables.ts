import type {
  AddressClaim,
  Environment,
  Field,
  IdTokenAlg,
  Realm,
  WebhookEventType,
} from '@signup-with-platform/protocol';
import type { Generated } from 'kysely';
import type { ProfileRow } from './profile-columns.ts';
import type { SigningJwk } from './signing-key-schedule.ts';

/** Milliseconds since the epoch, UTC. */
export type Timestamp = number;
declare const content: unique symbol;
/** JSON as text, because a text column is the same on every engine. The second part is for the type checker only: what the text holds. */
export type Json<Value = unknown> = string & { readonly [content]?: Value };

/** The rows as they are stored. Only storage/ sees them. Each row that belongs to a realm names it. */
export interface Tables {
  accounts: AccountRow;
  email_codes: EmailCodeRow;
  mailed_codes: MailedCodeRow;
  identities: IdentityRow;
  import_tombstones: ImportTombstoneRow;
  imports: ImportRow;
  imported_accounts: ImportedAccountRow;
  directory_people: DirectoryPersonRow;
  upstream_attempts: UpstreamAttemptRow;
  upstream_logouts: UpstreamLogoutRow;
  authenticators: AuthenticatorRow;
  recovery_codes: RecoveryCodeRow;
  known_browsers: KnownBrowserRow;
  apps: AppRow;
  environments: EnvironmentRow;
  api_keys: ApiKeyRow;
  management_keys: ManagementKeyRow;
  managed_apps: ManagedAppRow;
  uploaded_imports: UploadedImportRow;
  users: UserRow;
  grants: GrantRow;
  oidc_records: OidcRecordRow;
  signing_keys: SigningKeyRow;
  secrets: SecretRow;
  diagnostic_tokens: DiagnosticTokenRow;
  mails: MailRow;
  rate_limits: RateLimitRow;
  user_codes: UserCodeRow;
  idempotency_keys: IdempotencyKeyRow;
  submissions: SubmissionRow;
  sessions: SessionRow;
  session_clients: SessionClientRow;
  jobs: JobRow;
  webhooks: WebhookRow;
  webhook_deliveries: WebhookDeliveryRow;
  passkeys: PasskeyRow;
  disclosures: DisclosureRow;
  pictures: PictureRow;
  package_files: PackageFileRow;
  widget_versions: WidgetVersionRow;
  widget_files: WidgetFileRow;
  app_members: AppMemberRow;
  app_invitations: AppInvitationRow;
  app_events: AppEventRow;
  audit_log: AuditLogRow;
  audit_addresses: AuditAddressRow;
  audit_refusals: AuditRefusalRow;
  list_positions: ListPositionRow;
}

export interface AccountRow extends ProfileRow {
  id: string;
  realm: Realm;
  /** As the person wrote it. */
  email: string | null;
  /** For looking up. Unique per realm, in the sandbox per app, among *verified* accounts only: an unverified address is a claim. */
  email_key: string | null;
  email_verified_at: Timestamp | null;
  password_hash: string | null;
  /** The password as another system hashed it, until its first use. At most one of the two is set. */
  foreign_password: string | null;
  foreign_password_cost: number | null;
  /** Sandbox only: which test person this is. */
  persona: string | null;
  blocked_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** Addresses besides `address`, which is the one that is shared unless the person says otherwise. */
  other_addresses: Generated<Json<AddressClaim[]> | null>;
  /** When the account is deleted, because the person has requested it. */
  deletion_due_at: Generated<Timestamp | null>;
  /** When the popup last offered to make a passkey. */
  passkey_offered_at: Generated<Timestamp | null>;
  /** From when the person is asked for a new password, because theirs is breached. Null while nothing is known against it. */
  new_password_due_at: Generated<Timestamp | null>;
  /** How often everything that was signed in as the account has been ended (storage/sessions.ts). */
  sign_out_count: Generated<number>;
  /** Sandbox only: the app through whose popup the account was made. */
  sandbox_app_id: Generated<string | null>;
  /** Sandbox only: when a test person that was made for one visitor is deleted. */
  expires_at: Generated<Timestamp | null>;
  /** Sandbox only: of a copy of a test person, the SHA-256 of what its browser is known by. The copy is that browser's alone. */
  browser_hash: Generated<string | null>;
  /** For looking up, see name-key.ts. */
  given_name_key: Generated<string | null>;
  family_name_key: Generated<string | null>;
}

/** A secret sent by mail, by which its owner verifies an address. */
export interface EmailCodeRow {
  /** SHA-256 of the code, base64url. */
  code_hash: string;
  realm: Realm;
  account_id: string;
  purpose: EmailCodePurpose;
  email_key: string;
  /** As the person wrote it, when it is to become the account's address. */
  email: Generated<string | null>;
  expires_at: Timestamp;
  created_at: Timestamp;
}
export type EmailCodePurpose = 'verify_email' | 'change_email' | 'reset_password';

/** A code that somebody reads in a mail and types where they asked for it. The code itself is not here: a key and the nonce make it. */
export interface MailedCodeRow {
  realm: Realm;
  /** SHA-256 of what the page belongs to where it was asked for, such as the interaction. */
  place_hash: string;
  /** Of the browser that asked. */
  browser_hash: string;
  purpose: CodePurpose;
  /** As the person wrote it. */
  email: string;
  email_key: string;
  nonce: string;
  format: CodeFormat;
  visibility: CodeVisibility;
  /** Known browser in which it was asked for, whose wrong codes are counted apart. */
  device: string | null;
  tries: Generated<number>;
  /** Codes that were sent to this address in this place. */
  sent: Generated<number>;
  sent_at: Timestamp;
  expires_at: Timestamp;
}
/** To sign in or up; to choose a new password; to confirm the address of a sign-in that is under way. */
export type CodePurpose = 'sign_in' | 'new_password' | 'confirm';
/** Six digits, or ten characters where many have guessed. */
export type CodeFormat = 'digits' | 'characters';
/** Whether it is mailed alone, or shown on the page, too, because it proves nothing but a test of the sandbox. */
export type CodeVisibility = 'mailed' | 'shown';

/** A field that an app may ask for. */
export interface AppField {
  field: Field;
  /** Required ones cannot be unticked on the consent page. */
  required: boolean;
  /** Why, in the vendor's words: one line of plain text, shown on the consent page. */
  reason?: string;
}

/** Where a deleted user stood in the list of its environment. */
export interface ListPositionRow {
  /** SHA-256 of the id, so that nothing is kept that names the user. */
  id_hash: string;
  realm: Realm;
  client_id: string;
  user_created_at: Timestamp;
  deleted_at: Timestamp;
}

/** A website with pages and a backend, or what is installed on a device: a mobile, desktop or command-line app (RFC 8252). */
export type AppKind = 'web' | 'native';

/** What people see of an app, as it is to become; null removes what there is. */
export interface RequestedChanges {
  name?: string;
  homePageUri?: string | null;
  privacyPolicyUri?: string | null;
  termsUri?: string | null;
  logoUri?: string | null;
}

export interface AppRow {
  id: string;
  name: string;
  logo_uri: string | null;
  home_page_uri: string | null;
  privacy_policy_uri: string | null;
  terms_uri: string | null;
  fields: Json<AppField[]>;
  /** Of the operator's own fields that need it, those that the operator has approved. */
  approved_fields: Generated<Json<string[]> | null>;
  disabled_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** By the operator, and why. */
  suspended_at: Generated<Timestamp | null>;
  suspension_reason: Generated<string | null>;
  /** Its only use was before migration 019. */
  requested_name: Generated<string | null>;
  /** Why the operator has not approved the requested changes. */
  name_refusal: Generated<string | null>;
  /** How long its credentials live, in seconds. Null is the default. */
  credential_lifetime: Generated<number | null>;
  /** How the ID tokens are signed that its backend redeems a code for. */
  id_token_alg: Generated<IdTokenAlg>;
  kind: Generated<AppKind>;
  /** 1: it may ask people to stay connected while they are away (`offline_access`). */
  offline_access: Generated<0 | 1>;
  /** 1: people may sign in to it on a device, with another one (RFC 8628). */
  device_flow: Generated<0 | 1>;
  /** 1: nobody signs in to it whose address is not verified. */
  require_verified_email: Generated<0 | 1>;
  /** What people are to see of the app once the operator approves. */
  requested_changes: Generated<Json<RequestedChanges> | null>;
  /** When what waits for the operator was changed after it was asked for. */
  changed_in_review_at: Generated<Timestamp | null>;
  /** When it was disabled or suspended last. What it was given until then has ended. */
  stopped_at: Generated<Timestamp | null>;
  /** When its owner deleted it. It is gone for everybody; the sweeper deletes what is left. */
  deleted_at: Generated<Timestamp | null>;
}

/** What the operator says about an environment. */
export type ReviewState = 'pending' | 'approved' | 'declined';

/** How the vendor proves that a host belongs to it. */
export interface DomainProof {
  host: string;
  /** What the vendor publishes at the host. It is public, and good for this environment only. */
  token: string;
  provenAt?: number;
  /** The last time that we looked, and what we found instead. */
  checkedAt?: number;
  problem?: string;
}

export interface EnvironmentRow {
  client_id: string;
  app_id: string;
  environment: Environment;
  realm: Realm;
  client_secret_hash: string;
  /** Origins that may receive a credential by postMessage. */
  origins: Json<string[]>;
  redirect_uris: Json<string[]>;
  /** The vendor's own endpoint for the embedded sign-up contract, and the X-Api-Key that we send there. */
  signup_endpoint: string | null;
  signup_key: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** The previous secret, which works until it expires. */
  previous_secret_hash: Generated<string | null>;
  previous_secret_expires_at: Generated<Timestamp | null>;
  /** Null is approved: what needs no review, or was there before reviews. */
  review: Generated<ReviewState | null>;
  review_reason: Generated<string | null>;
  /** When the review was asked for or decided. */
  reviewed_at: Generated<Timestamp | null>;
  /** One entry for each host that needs a proof. */
  domains: Generated<Json<DomainProof[]> | null>;
  /** Where people may return to after a sign-out that the vendor began. Null means nowhere. */
  post_logout_redirect_uris: Generated<Json<string[]> | null>;
  /** Where the vendor's backend is told that a session has ended. */
  backchannel_logout_uri: Generated<string | null>;
}

export interface ApiKeyRow {
  id: string;
  client_id: string;
  realm: Realm;
  key_hash: string;
  /** The first characters, so that people can recognise a key in a list. */
  prefix: string;
  name: string;
  expires_at: Timestamp | null;
  created_at: Timestamp;
  /** 1: may read, not write. */
  read_only: Generated<1 | null>;
  /** CIDR ranges; null is everywhere. */
  address_ranges: Generated<Json<string[]> | null>;
  last_used_at: Generated<Timestamp | null>;
  /** When another key replaced it; it works until `expires_at`. */
  replaced_at: Generated<Timestamp | null>;
}

/** A key of the operator's own backend. */
export interface ManagementKeyRow {
  id: string;
  realm: Realm;
  key_hash: string;
  /** The first characters, so that people can recognise a key in a list. */
  prefix: string;
  name: string;
  scopes: Json<ManagementScope[]>;
  /** CIDR ranges; null is everywhere. */
  address_ranges: Json<string[]> | null;
  expires_at: Timestamp | null;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** A revoked key stays in the list, so that entries of the audit log can be read. */
  revoked_at: Timestamp | null;
}
export type ManagementScope =
  | 'accounts:read'
  | 'accounts:write'
  | 'accounts:delete'
  | 'accounts:export'
  | 'imports:write'
  | 'apps:write';

/** An app of the sandbox that a key has made. */
export interface ManagedAppRow {
  app_id: string;
  key_id: string;
  /** When the app is deleted. */
  expires_at: Timestamp | null;
  created_at: Timestamp;
}

/** People whom a key has uploaded, to be imported between requests. */
export interface UploadedImportRow {
  id: string;
  realm: Realm;
  key_id: string;
  state: UploadedImportState;
  /** 1: nothing is changed. */
  dry_run: 0 | 1;
  /** NDJSON, until it is done. */
  text: string | null;
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  rejects: Json<{ line: number; reason: string; row?: unknown }[]> | null;
  import_id: string | null;
  failure: string | null;
  /** When a process may take it; while one has it, when its lease ends; null once it is done. */
  due_at: Timestamp | null;
  created_at: Timestamp;
  finished_at: Timestamp | null;
}
export type UploadedImportState = 'waiting' | 'running' | 'done' | 'failed';

/** What one app knows of one person. */
export interface UserRow {
  /** The `sub` that the vendor sees. */
  id: string;
  realm: Realm;
  client_id: string;
  account_id: string | null;
  /** When a credential was first issued; null until then. */
  first_credential_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
  /** The vendor's own id for the user, from the embedded sign-up contract. */
  external_id: Generated<string | null>;
  /** From here on for users that the vendor has created. For others the account has the values, and the grant says which are shared. */
  email: Generated<string | null>;
  email_key: Generated<string | null>;
  email_verified_at: Generated<Timestamp | null>;
  username: Generated<string | null>;
  username_key: Generated<string | null>;
  password_hash: Generated<string | null>;
  first_name: Generated<string | null>;
  last_name: Generated<string | null>;
  /** Null means none. This column and the two below are set for every user. */
  roles: Generated<Json<string[]> | null>;
  deactivated_at: Generated<Timestamp | null>;
  last_signin_at: Generated<Timestamp | null>;
  /** How many events about the user vendors have been told of. */
  event_sequence: Generated<number>;
}

/** A secret by which a vendor's user verifies an address, sets a new password, or signs in. */
export interface UserCodeRow {
  code_hash: string;
  realm: Realm;
  client_id: string;
  user_id: string;
  purpose: UserCodePurpose;
  expires_at: Timestamp;
  created_at: Timestamp;
}
export type UserCodePurpose = 'verify_email' | 'reset_password' | 'signin';

/** The answer to a request that may be repeated. */
export interface IdempotencyKeyRow {
  client_id: string;
  key_hash: string;
  request_hash: string;
  /** Null while the first request is under way. */
  status: number | null;
  /** Sealed under the key; in the clear where an earlier version has stored it. */
  body: string | null;
  created_at: Timestamp;
  /** The user whom the body tells of. */
  user_id: Generated<string | null>;
}

/** The answer to a form that may be sent again. */
export interface SubmissionRow {
  realm: Realm;
  key_hash: string;
  /** Sealed under what only the form has; null while the first submission is under way. */
  answer: string | null;
  created_at: Timestamp;
  expires_at: Timestamp;
}

/** What one account agreed to share with one app's environment: oidc-provider's Grant, at most one for each pair. */
export interface GrantRow {
  id: string;
  realm: Realm;
  client_id: string;
  account_id: string;
  payload: Json<Record<string, unknown>>;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** Everything else that oidc-provider keeps: sessions, interactions, codes, tokens. */
export interface OidcRecordRow {
  realm: Realm;
  model: string;
  /** SHA-256 of the identifier, because for most models it is a bearer secret. */
  id_hash: string;
  payload: Json<Record<string, unknown>>;
  grant_id: string | null;
  uid: string | null;
  consumed_at: Timestamp | null;
  expires_at: Timestamp | null;
  /** Of an open popup or a kept form: the account that it is about. */
  owner_id: Generated<string | null>;
  /** Null for records of before migration 019. */
  created_at: Generated<Timestamp | null>;
  /** How often it was consumed; 0 for what earlier versions consumed. */
  uses: Generated<number>;
}

export interface SigningKeyRow {
  kid: string;
  realm: Realm;
  alg: IdTokenAlg;
  /**
   * 1 for the newest key of its realm and algorithm, else null. Unique, so that only one process makes the first key, and rotations take
   * turns.
   */
  active: 1 | null;
  private_jwk: Json<SigningJwk>;
  created_at: Timestamp;
  /** The key signs from then on, until the next one of its algorithm does; it is published from `created_at` on. */
  signs_from: Timestamp;
}

/** Secrets of the installation itself. */
export interface SecretRow {
  name: string;
  value: string;
  created_at: Timestamp;
}

/** A run of the doctor, which asks the server through its public address. */
export interface DiagnosticTokenRow {
  token_hash: string;
  expires_at: Timestamp;
}

/** The outbox, and the inboxes of the apps of the sandbox. Without an SMTP server, mails stay here. */
export interface MailRow {
  id: string;
  recipient: string;
  /** For looking up. */
  recipient_key: string;
  subject: string;
  text: string;
  attempts: number;
  /** When to hand it to the SMTP server next; null when it is only kept for reading. */
  due_at: Timestamp | null;
  created_at: Timestamp;
  /** Null for mails from before there were inboxes. */
  realm: Generated<Realm | null>;
  /** The app in whose sandbox inbox the mail is; null for all other mails. */
  app_id: Generated<string | null>;
  /** The account of the sandbox that the mail is about. */
  account_id: Generated<string | null>;
  /** Of a mail in an inbox: what its text contains, for reading by programs. */
  link: Generated<string | null>;
  code: Generated<string | null>;
  /** Null for mails from before there was one. */
  html: Generated<string | null>;
}

/** Counters of rate-limiter-flexible, which writes them itself. */
export interface RateLimitRow {
  key: string;
  points: number;
  expire: Timestamp | null;
}

/**
 * Where an account is signed in. The session itself is oidc-provider's record with the same `uid`; without it, a row here means nothing.
 * The row of an ended session is kept for a while, so that a late request cannot bring the session back.
 */
export interface SessionRow {
  uid: string;
  realm: Realm;
  account_id: string;
  user_agent: string | null;
  /** Network address of the sign-in. */
  address: string | null;
  created_at: Timestamp;
  last_seen_at: Timestamp;
  ended_at: Generated<Timestamp | null>;
  /** Of the browser as its account knows it (known_browsers). Null for sessions of before migration 038. */
  browser_hash: Generated<string | null>;
  /** Who signed in by another login, and the session there, where it said one. Null for sessions that began here. */
  upstream_subject_hash: Generated<string | null>;
  upstream_session_hash: Generated<string | null>;
}

/** A session, or all of somebody's, that another login has said to have ended; or the token in which it did. */
export interface UpstreamLogoutRow {
  realm: Realm;
  key_hash: string;
  noted_at: Timestamp;
  expires_at: Timestamp;
}

/** An environment that has received tokens in a session, and is told when the session ends. */
export interface SessionClientRow {
  session_uid: string;
  client_id: string;
  realm: Realm;
  /** The user as the vendor knows them (`sub`). */
  user_id: string;
  created_at: Timestamp;
}

/** What waits to be delivered to a vendor's backend. Mail waits in a table of its own, because it is also read. */
export interface JobRow {
  id: string;
  kind: JobKindName;
  realm: Realm;
  /** Whose backend. The jobs of one client wait for each other, and for nobody else. */
  client_id: string;
  /** Whom it is about, so that it goes with them. */
  user_id: string | null;
  payload: Json<Record<string, unknown>>;
  /** How often delivery has been tried. */
  attempts: number;
  /** When it is tried next; while it is being delivered, when its lease ends; null once it has been given up. */
  due_at: Timestamp | null;
  /** Why it was not delivered at last. */
  failure: string | null;
  created_at: Timestamp;
}
export type JobKindName = 'backchannel_logout';

/** Where an environment's backend is told of what happens. */
export interface WebhookRow {
  id: string;
  realm: Realm;
  client_id: string;
  url: string;
  /** Null means every type, those of later versions too. */
  events: Generated<Json<WebhookEventType[]> | null>;
  /** Sealed under DATA_KEY. */
  secret: string;
  /** Signs as well until it ends. */
  previous_secret: Generated<string | null>;
  previous_secret_ends_at: Generated<Timestamp | null>;
  /** How many attempts have failed since the last one that did not. */
  failures: number;
  failing_since: Generated<Timestamp | null>;
  /** Until then nothing is sent, because several attempts in a row have failed. */
  paused_until: Generated<Timestamp | null>;
  /** When its owners were last told that it fails. */
  warned_at: Generated<Timestamp | null>;
  disabled_at: Generated<Timestamp | null>;
  disabled_because: Generated<WebhookEnd | null>;
  created_at: Timestamp;
}
/** Who ended it: somebody of the vendor's or the operator, the endpoint itself by status 410, or failing for days. */
export type WebhookEnd = 'asked' | 'gone' | 'failing';

/** One event on its way to one endpoint, and afterwards what became of it. */
export interface WebhookDeliveryRow {
  id: string;
  webhook_id: string;
  realm: Realm;
  /** The same at each endpoint, and each time. */
  event_id: string;
  type: WebhookEventType;
  /** Whom it is about, so that it goes with them. */
  user_id: string | null;
  sequence: number | null;
  /** What is sent: JSON. Null once it told of somebody who is gone, and has arrived. */
  body: string | null;
  is_replay: number;
  /** How often delivery has been tried. */
  attempts: number;
  /** When it is tried next; while it is being delivered, when its lease ends; null once nothing is tried any more. */
  due_at: Timestamp | null;
  /** Until then it waits for earlier events of the same user. In the past for what overtakes. */
  held_until: Timestamp;
  /** From then on a failure is the last. */
  give_up_at: Timestamp;
  state: WebhookDeliveryState;
  /** The latest attempts. */
  tries: Json<WebhookTry[]> | null;
  created_at: Timestamp;
}
export type WebhookDeliveryState = 'waiting' | 'delivered' | 'given_up';

/** One attempt: when, and what was answered. */
export interface WebhookTry {
  at: string;
  took_ms: number;
  /** Absent when nothing was answered; `failure` says why then. */
  status?: number;
  failure?: string;
  /** The beginning of the answer. */
  answer?: string;
}

/** A file of people whom an operator has brought from another system. */
export interface ImportRow {
  id: string;
  realm: Realm;
  /** Names the file and its content, so that an import that was cut off goes on. */
  source: string;
  created: number;
  updated: number;
  started_at: number;
  finished_at: number | null;
}

/** Where an account came from. */
export interface ImportedAccountRow {
  account_id: string;
  realm: Realm;
  /** `id:` and the other system's own id, or `email:` and the address where it has none. */
  row_key: string;
  /** Of the row as it was read last, so that one that says the same changes nothing. */
  row_digest: string;
  /** The phone number that the other system has verified. */
  verified_phone_number: string | null;
  created_by: string;
  /** Short hashes of what the row has told, by column (imported-values.ts). */
  told: Generated<string | null>;
  /** Short names of everything that was brought with the person, so that it is brought once (imported-belongings.ts). */
  brought: Generated<string | null>;
  /** The last import that has changed the account. */
  updated_by: Generated<string | null>;
  /** When an import last wrote the account. */
  brought_at: Generated<Timestamp | null>;
  /** When the other system saw them last. */
  last_seen_at: Generated<Timestamp | null>;
}

/** A row of an import whose person was erased here, so that no later import brings them back. Kept for two years. */
export interface ImportTombstoneRow {
  realm: Realm;
  /** Of the row's key. */
  key_hash: string;
  erased_at: Timestamp;
}

/** What the operator's directory has last said about an account's person. */
export interface DirectoryPersonRow {
  account_id: string;
  realm: Realm;
  /** As whom it knows them, as `row_key` of imports. Null: it does not know them. */
  person_key: string | null;
  person_digest: string | null;
  /** Of the password that it found right, for while it is out of order. */
  password_hash: string | null;
  confirmed_at: number;
  /** Also `blocked_at` of the account, if the directory's word has blocked it. */
  refused_at: number | null;
}

/** Who an account's person is at another login. */
export interface IdentityRow {
  id: string;
  realm: Realm;
  /** Sandbox only: whose people they are; else empty, because an index takes no null for equal to another. */
  app_id: string;
  issuer: string;
  subject: string;
  /** Id of the operator's setting. */
  upstream: string;
  account_id: string;
  /** What the upstream said when it was added. */
  email: string | null;
  created_at: Timestamp;
  last_used_at: Timestamp;
}

/** A sign-in at another login that is under way. */
export interface UpstreamAttemptRow {
  realm: Realm;
  place_hash: string;
  /** SHA-256 of `state`, of which the rest of the secrets are made. */
  state_hash: string;
  browser_hash: string;
  upstream: string;
  place: string;
  /** JSON, as it came. */
  posted_name: string | null;
  expires_at: Timestamp;
}

/** An app that makes codes of time (RFC 6238). An account has one that works, and one that is being set up. */
export interface AuthenticatorRow {
  realm: Realm;
  account_id: string;
  state: AuthenticatorState;
  id: string;
  /** Sealed under `DATA_KEY`. */
  secret: string;
  /** The latest 30 seconds of which a code was used. */
  last_step: Timestamp | null;
  created_at: Timestamp;
  /** While it is being set up. */
  expires_at: Timestamp | null;
}
export type AuthenticatorState = 'pending' | 'active';

/** What stands in for an authenticator app that is lost. */
export interface RecoveryCodeRow {
  realm: Realm;
  account_id: string;
  /** SHA-256 of account and code. */
  code_hash: string;
  created_at: Timestamp;
  /** Used ones stay until there is another set, so that their owner sees how many are left. */
  used_at: Timestamp | null;
}

/** A browser in which an account has signed in. */
export interface KnownBrowserRow {
  realm: Realm;
  account_id: string;
  /** SHA-256 of the number by which the browser's cookie names it for this account. */
  browser_hash: string;
  /** Its name on pages; opens nothing. */
  id: string;
  user_agent: string | null;
  first_seen_at: Timestamp;
  last_seen_at: Timestamp;
  /** Until when its owner is not asked for a second factor there. */
  trusted_until: Timestamp | null;
}

/** A WebAuthn credential. */
export interface PasskeyRow {
  /** Base64url, as authenticators name it. */
  credential_id: string;
  realm: Realm;
  account_id: string;
  name: string;
  /** COSE key, base64url. */
  public_key: string;
  counter: number;
  transports: Json<string[]> | null;
  backed_up: 1 | null;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** What the authenticator knows its owner by, base64url, where another system has made the passkey. Null: the account's id. */
  user_handle: Generated<string | null>;
}

/** When a vendor last got these fields of a user at once, in a credential or over the user API. */
export interface DisclosureRow {
  user_id: string;
  how: 'received' | 'read';
  /** Their names, with commas between them. */
  fields: string;
  last_at: Timestamp;
}

/** A person's picture or an app's logo, re-encoded by us. */
export interface PictureRow {
  id: string;
  account_id: string | null;
  app_id: string | null;
  content_type: string;
  base64: string;
  created_at: Timestamp;
}

/** The npm packages that this installation has served. */
export interface PackageFileRow {
  file: string;
  integrity: string;
  base64: string;
  created_at: Timestamp;
}

/** A version of the element's script that this platform has served. */
export interface WidgetVersionRow {
  version: string;
  /** When a server that serves it as the current one was started last. */
  served_at: Timestamp;
}

/** The script of a version, or a part that it loads later. */
export interface WidgetFileRow {
  version: string;
  name: string;
  brotli_base64: string;
}

/** The accounts, of the production realm, that may work on an app. */
export interface AppMemberRow {
  app_id: string;
  account_id: string;
  role: AppRole;
  created_at: Timestamp;
}
export type AppRole = 'owner' | 'developer' | 'read-only';

export interface AppInvitationRow {
  id: string;
  app_id: string;
  email: string;
  /** For looking up. */
  email_key: string;
  role: AppRole;
  code_hash: string;
  invited_by: string | null;
  expires_at: Timestamp;
  created_at: Timestamp;
  /** Null when the mail was only kept in the app's inbox, so that its code proves nothing about the address. */
  mailed_at: Generated<Timestamp | null>;
}

/** What happened around an app, for its developers; kept for 30 days. */
export interface AppEventRow {
  id: string;
  client_id: string;
  kind: string;
  request_id: string | null;
  /** Of events before migration 026, and of calls by a backend: null. */
  attempt: string | null;
  user_id: string | null;
  /** HTTP status, of API calls. */
  status: number | null;
  /** One line of English, for reading and searching. */
  summary: string;
  detail: Json<Record<string, unknown>> | null;
  created_at: Timestamp;
}

/** Security-relevant acts. The database refuses to change or delete a row. */
export interface AuditLogRow {
  id: string;
  realm: Realm | null;
  /** E.g. `account.password_changed`. */
  act: string;
  /** `account:<id>`, `app:<client_id>`, `operator` or `system`. */
  actor: string;
  /** E.g. `account:<id>`, `app:<id>`, `environment:<client_id>`, `key:<id>`. */
  subject: string | null;
  /** The network only, see truncate-address.ts. */
  address: string | null;
  request_id: string | null;
  detail: Json<Record<string, unknown>> | null;
  created_at: Timestamp;
}

/** The whole network address of an entry, while it is kept. */
export interface AuditAddressRow {
  /** Without a reference, which would lock rows that nobody may change. */
  entry_id: string;
  address: string;
  expires_at: Timestamp;
}

/** Refusals of one kind from one network, which become one entry of the log when the window closes. */
export interface AuditRefusalRow extends Omit<AuditLogRow, 'created_at'> {
  refusals: number;
  first_at: Timestamp;
  last_at: Timestamp;
  closes_at: Timestamp;
}
