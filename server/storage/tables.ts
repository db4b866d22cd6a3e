import type { Environment, Realm } from '@signup-with-platform/protocol';

/** Milliseconds since the epoch, UTC. */
export type Timestamp = number;
/** JSON, as text: the same column on every engine. */
export type Json = string;

/** The rows, as they are stored. Only storage/ sees them; everything that belongs to a realm carries it. */
export interface Tables {
  accounts: AccountRow;
  email_codes: EmailCodeRow;
  apps: AppRow;
  environments: EnvironmentRow;
  api_keys: ApiKeyRow;
  users: UserRow;
  grants: GrantRow;
  oidc_records: OidcRecordRow;
  signing_keys: SigningKeyRow;
  secrets: SecretRow;
  mails: MailRow;
  rate_limits: RateLimitRow;
}

export interface AccountRow {
  id: string;
  realm: Realm;
  /** As the person wrote it. */
  email: string | null;
  /** Lower case: what is looked up. Unique per realm among *verified* accounts only: an unverified address is a claim. */
  email_key: string | null;
  email_verified_at: Timestamp | null;
  password_hash: string | null;
  given_name: string | null;
  family_name: string | null;
  phone_number: string | null;
  address: Json | null;
  locale: string | null;
  picture: string | null;
  /** Sandbox only: which test person this is. */
  persona: string | null;
  blocked_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** A secret sent by mail to prove that an address is read by its owner. */
export interface EmailCodeRow {
  /** SHA-256 of the code, base64url. */
  code_hash: string;
  realm: Realm;
  account_id: string;
  purpose: 'verify_email';
  email_key: string;
  expires_at: Timestamp;
  created_at: Timestamp;
}

export interface AppRow {
  id: string;
  name: string;
  logo_uri: string | null;
  home_page_uri: string | null;
  privacy_policy_uri: string | null;
  terms_uri: string | null;
  /** `[{"field":"email","required":true}]` */
  fields: Json;
  disabled_at: Timestamp | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface EnvironmentRow {
  client_id: string;
  app_id: string;
  environment: Environment;
  realm: Realm;
  client_secret_hash: string;
  /** Origins that may receive a credential by postMessage. */
  origins: Json;
  redirect_uris: Json;
  /** The vendor's own endpoint for the embedded sign-up contract, and the X-Api-Key that we send there. */
  signup_endpoint: string | null;
  signup_key: string | null;
  created_at: Timestamp;
  updated_at: Timestamp;
}

export interface ApiKeyRow {
  id: string;
  client_id: string;
  realm: Realm;
  key_hash: string;
  /** The first characters, for recognising a key in a list. */
  prefix: string;
  name: string;
  expires_at: Timestamp | null;
  created_at: Timestamp;
}

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
}

/** What one account agreed to share with one app's environment: oidc-provider's Grant, at most one for each pair. */
export interface GrantRow {
  id: string;
  realm: Realm;
  client_id: string;
  account_id: string;
  payload: Json;
  created_at: Timestamp;
  updated_at: Timestamp;
}

/** Everything else that oidc-provider keeps: sessions, interactions, codes, tokens. */
export interface OidcRecordRow {
  realm: Realm;
  model: string;
  /** SHA-256 of the identifier, which is a bearer secret for most models. */
  id_hash: string;
  payload: Json;
  grant_id: string | null;
  uid: string | null;
  consumed_at: Timestamp | null;
  expires_at: Timestamp | null;
}

export interface SigningKeyRow {
  kid: string;
  realm: Realm;
  /** 1 while it signs; null once it only verifies. Unique per realm, so that two processes starting at once agree. */
  active: 1 | null;
  private_jwk: Json;
  created_at: Timestamp;
}

/** Secrets of the installation itself. */
export interface SecretRow {
  name: string;
  value: string;
  created_at: Timestamp;
}

/** The outbox, and without an SMTP server the only place a mail goes to. */
export interface MailRow {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  attempts: number;
  /** When to hand it to the SMTP server next; null when it is only kept for reading. */
  due_at: Timestamp | null;
  created_at: Timestamp;
}

/** Counters of rate-limiter-flexible, which writes them itself. */
export interface RateLimitRow {
  key: string;
  points: number;
  expire: Timestamp | null;
}
