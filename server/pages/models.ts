import type { Realm } from '@signup-with-platform/protocol';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import type { Brand } from '../brand/brand.ts';
import type { Config } from '../config.ts';
import type { PasswordProblem } from '../domain/accounts/credential-schemas.ts';
import type { SignUpField, SignUpFieldError } from '../domain/accounts/sign-up.ts';
import type { Puzzle } from '../domain/bots/bot-check.ts';
import type { CodeFormat } from '../storage/mailed-codes.ts';
import type { Unproven } from './puzzle.ts';

/** The shop that asks, as the person gets to see it. */
export interface Vendor {
  name: string;
  /** The registered origin that will receive the answer; always in plain sight. Absent of an app on the person's own device. */
  origin?: string;
  /** The answer goes to another device. */
  onOtherDevice?: true;
  logoUri?: string;
  privacyPolicyUri?: string;
  termsUri?: string;
}

/** What every page of the popup knows. */
export interface PageContext {
  platformName: string;
  /** How the operator wants it to look; our own look without it. */
  brand?: Brand;
  realm: Realm;
  /** As asked for, BCP 47 tags in order of preference; the page picks the first that has strings, else English. */
  languages: readonly string[];
  theme: 'light' | 'dark' | 'auto';
  vendor?: Vendor;
  /**
   * Tells the opener that the link to it is alive, and at `ends.at` (milliseconds since 1970) that the attempt is over. Absent outside the
   * popup's web-message flow.
   */
  ready?: { state: string; origin: string; ends?: { at: number; issuer: string } };
  /** Where besides our own origin a form of this page may end (CSP form-action also governs redirects): origins, and schemes of native apps. */
  formTargets?: readonly string[];
  /** The journey ends in another app of the device, so that no other page takes the place of this one. */
  endsInApp?: true;
}

/** Where the forms of one interaction post to, and the token that proves that they are ours. */
export interface FormContext {
  /** E.g. `/sandbox/interaction/abc`; forms post to `${action}/sign-in` and the like. */
  action: string;
  /** Value of the hidden field `csrf` that each form carries. */
  csrf: string;
}

/** A sign-up form as it was sent, to be shown again. */
export interface SignUpForm {
  values: { given_name?: string; family_name?: string; email?: string };
  errors: Partial<Record<SignUpField, SignUpFieldError>>;
  /** The whole form refused. */
  error?: 'too_many_attempts' | 'busy';
  minPasswordLength: number;
}

export interface SignUpModel extends FormContext, SignUpForm {
  /** Other logins by which people come. */
  upstreams?: readonly { id: string; name: string; logo?: string | undefined }[];
  retryAfterMinutes?: number;
  /** To be solved before the form is sent. */
  puzzle?: Puzzle | undefined;
  /** Why it is shown again, if it was not. */
  unproven?: Unproven;
}

export type CodeProblem =
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'too_soon' | 'too_many_attempts'; retryAfterMs: number }
  | { kind: 'malformed' | 'over' | 'not_mailed' };

/** Where a code is typed. */
export interface CodeModel extends FormContext {
  email: string;
  format: CodeFormat;
  /** Sandbox only: the code itself, where it is the page's to show. */
  shown?: string | undefined;
  /** On a developer's machine: what says where mail is kept. */
  mailPage?: Pick<Config, 'keepsMail' | 'publicUrl'>;
  problem?: CodeProblem | undefined;
  /** Whether one can go on with an address that is not confirmed. */
  mayDecline: boolean;
  /** The app, or the operator, wants it confirmed. */
  isRequired: boolean;
  /** Where a password is asked for instead. */
  usePassword?: string;
  /** Where another address is asked for. */
  otherAddress?: string;
}

/** What a new account is asked. */
export interface YourNameModel extends FormContext {
  /** For password managers. */
  email: string;
  values: { given_name?: string; family_name?: string };
  errors: { given_name?: SignUpFieldError; family_name?: SignUpFieldError; password?: PasswordProblem };
  error?: 'busy';
  minPasswordLength: number;
}

/** After a forgotten password. */
export interface NewPasswordModel extends FormContext {
  /** For password managers. */
  email: string;
  problem?: PasswordProblem;
  error?: 'busy';
  /** The browser sent a passkey that we cannot accept. */
  refused?: boolean;
  minPasswordLength: number;
  /** What the browser needs to make a passkey. */
  creation: PublicKeyCredentialCreationOptionsJSON;
}

/** Shown after a breached password, before going on. */
export interface BreachedPasswordModel extends FormContext {
  /** For password managers. */
  email?: string;
  minPasswordLength: number;
  /** Why the new one was refused. */
  problem?: PasswordProblem;
}
