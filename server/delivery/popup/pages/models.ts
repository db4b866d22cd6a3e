import type { Field, Realm, ResponseMessage } from '@signup-with-platform/protocol';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Brand } from '#brand/brand.ts';
import type { Persona, SignUpForm } from '#pages/models.ts';

export type { Persona, PersonaTrait, SignUpField, SignUpFieldError } from '#pages/models.ts';

/** The shop that asks, as the person gets to see it. */
export interface Vendor {
  name: string;
  /** The registered origin that will receive the answer; always in plain sight. */
  origin: string;
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
  /** Tells the opener that the link to it is alive. Absent outside the popup's web-message flow. */
  ready?: { state: string; origin: string };
  /** Origins besides our own that a form of this page may end at (CSP form-action also governs redirects). */
  formTargets?: readonly string[];
}

/** Where the forms of one interaction post to, and the token that proves that they are ours. */
export interface FormContext {
  /** E.g. `/sandbox/interaction/abc`; forms post to `${action}/sign-in` and the like. */
  action: string;
  /** Value of the hidden field `csrf` that each form carries. */
  csrf: string;
}

export type SignInError =
  | 'invalid_credentials'
  | 'account_blocked'
  | 'account_leaving'
  | 'passkey_refused'
  | 'too_many_attempts';

export interface SignInModel extends FormContext {
  /** What the browser needs to sign in with a passkey. */
  passkey: PublicKeyCredentialRequestOptionsJSON;
  email?: string;
  error?: SignInError;
  /** Minutes until another attempt, with `too_many_attempts`. */
  retryAfterMinutes?: number;
  /** Sandbox only: test people, picked by one click. */
  personas?: readonly Persona[];
}

/** Asked once the password has been found right, before going on. */
export interface PasskeyOfferModel extends FormContext {
  /** What the browser needs to make one. */
  creation: PublicKeyCredentialCreationOptionsJSON;
  /** What came was no passkey that we can take. */
  refused?: boolean;
}

export interface SignUpModel extends FormContext, SignUpForm {
  retryAfterMinutes?: number;
}

/** Inputs with which a person fills in what the account lacks. */
export type FillInput =
  | 'given_name'
  | 'family_name'
  | 'phone_number'
  | 'street_address'
  | 'postal_code'
  | 'locality'
  | 'region'
  | 'country';
export type FillInputError = 'required' | 'too_long' | 'valid_characters' | 'valid_phone_number' | 'valid_country';

export interface ConsentField {
  field: Field;
  /** Required ones cannot be unticked. */
  required: boolean;
  checked: boolean;
  /** Exactly what will be shared, for reading; lines separated by `\n`. Undefined when the account lacks it. */
  value?: string;
  /** Why the vendor asks, in its own words, to be shown as text. */
  reason?: string;
  /** With `email`: the address has not been confirmed. */
  unverified?: boolean;
  /** Inputs to fill in what is lacking (empty when nothing is); a country is chosen from a list of ISO 3166-1 codes. */
  inputs: readonly { name: FillInput; value: string; required: boolean; error?: FillInputError }[];
}

/** `message` is the vendor's own, to be shown as it is, as text; without one, the vendor could not be reached or made no sense. */
export interface VendorRefusal {
  message?: string;
}

export interface ConsentModel extends FormContext {
  /** Who is signed in. `email` may be absent for a persona that has none. */
  account: { name?: string; email?: string };
  /** What is new to agree to. */
  fields: readonly ConsentField[];
  /** What was agreed to before and is shared again. */
  alreadyShared: readonly Field[];
  /** Something has been withdrawn since the page was shown before: what was agreed to there did not know of it, and does not count. */
  changedMeanwhile?: true;
  /** The vendor did not take the person on; nothing has been shared with its page. */
  vendorRefusal?: VendorRefusal;
}

/** The last page: posts `message` to `targetOrigin`, then closes. */
export interface DeliverModel {
  message: ResponseMessage;
  targetOrigin: string;
  /** Where to go instead when the page that opened this window is out of reach. */
  relay?: string;
  /** The browser itself opened this window, for FedCM: it is given this instead, or told that there is nothing to give. */
  fedcm?: { credential?: string; accountId?: string };
}

export type ErrorPageCode =
  | 'unknown_app'
  | 'app_disabled'
  | 'origin_not_registered'
  | 'invalid_request'
  | 'expired'
  | 'forbidden'
  | 'not_found'
  | 'too_many_requests'
  | 'server_error';

/** The way back to the shop for whose page itself came here. `uri` is registered with the app, or on a registered origin. */
export interface WayBack {
  uri: string;
  vendor: string;
}

/** A page that ends the journey without a message to anyone. */
export interface ErrorModel {
  code: ErrorPageCode;
  /** Instead of a button that closes the window. */
  wayBack?: WayBack | undefined;
  /** What the vendor's developer should mend, in English; shown below a heading for developers. */
  developerHint?: string;
  requestId: string;
}
