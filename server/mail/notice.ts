import type { AppRole } from '../storage/app-members.ts';

/** What has happened to an account, as its owner is told. */
export type AccountNotice =
  | { kind: 'password_changed' }
  | { kind: 'password_reset' }
  | { kind: 'started_anew' }
  | { kind: 'email_changed'; from: string; to: string }
  | { kind: 'phone_changed' }
  | { kind: 'passkey_added'; name: string }
  | { kind: 'passkey_removed'; name: string }
  | { kind: 'identity_added' | 'identity_removed'; name: string }
  | { kind: 'second_factor_added' | 'second_factor_removed' | 'second_factor_guessed' | 'recovery_codes_replaced' }
  | { kind: 'recovery_code_used'; left: number }
  | { kind: 'new_sign_in'; date: Date; browser?: string }
  | { kind: 'signed_out_everywhere' }
  | { kind: 'data_downloaded' }
  | { kind: 'deletion_requested'; date: Date }
  | { kind: 'deletion_cancelled' };

/** What has happened to an app, as its owners and the member whom it is about are told. */
export type AppNotice = { app: string; by?: Actor } & (
  | { kind: 'client_secret_replaced'; environment: string }
  | { kind: 'api_key_created' | 'api_key_replaced'; environment: string; name: string }
  | { kind: 'app_disabled' | 'app_enabled' | 'app_deleted' | 'app_approved' | 'app_changes_approved' }
  | { kind: 'app_declined' | 'app_suspended' | 'app_changes_declined'; reason: string }
  | { kind: 'app_name_approved'; name: string }
  | { kind: 'app_name_declined'; name: string; reason: string }
  | { kind: 'origin_added' | 'redirect_uri_added' | 'signup_endpoint_changed'; environment: string; address: string }
  | { kind: 'webhook_failing' | 'webhook_disabled' | 'webhook_gone'; environment: string; address: string }
  | { kind: 'member_added' | 'member_removed'; member: string }
  | { kind: 'member_role_changed'; member: string; role: AppRole }
  | { kind: 'own_role_changed'; role: AppRole }
  | { kind: 'removed_from_app' }
);

/** Who did it: a member, or the operator of the platform. */
export type Actor = { name: string } | 'operator';

export type Notice = AccountNotice | AppNotice;
