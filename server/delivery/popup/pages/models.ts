import type { Field, ResponseMessage } from '@signup-with-platform/protocol';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Config } from '#config.ts';
import type { EmailProblem } from '#domain/accounts/credential-schemas.ts';
import type { ShownMail } from '#domain/accounts/sandbox-mail.ts';
import type { Puzzle } from '#domain/bots/bot-check.ts';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import type { InputProblem } from '#domain/claims/field-descriptor.ts';
import type { Persona } from '#domain/sandbox/personas.ts';
import type { FormContext } from '#pages/models.ts';
import type { Unproven } from '#pages/puzzle.ts';
import type { Retry } from '#pages/retry.ts';
import type { SecondFactorForm } from '#pages/second-factor-form.ts';

export type SignInError =
  | 'invalid_credentials'
  | 'account_blocked'
  | 'account_leaving'
  | 'account_gone'
  | 'address_known'
  | 'directory_down'
  | 'passkey_refused'
  | 'code_not_mailed'
  | 'too_many_attempts'
  | 'busy';

/** Other logins by which people sign in, in the order of their buttons. */
export interface UpstreamWays {
  upstreams?: readonly { id: string; name: string; logo?: string | undefined }[];
  /** The first of them is the only way in, besides passkeys. */
  onlyUpstream?: boolean;
}

/** Why a sign-in at another login came to nothing. */
export interface UpstreamProblem {
  kind: 'denied' | 'expired' | 'unavailable' | 'refused' | 'address_known';
  /** Of the login. */
  name: string;
  /** With `address_known`. */
  email?: string | undefined;
}

/** Whether a login that somebody came from may open the account that they have signed in to. */
export interface LinkIdentityModel extends FormContext {
  /** Of the login. */
  name: string;
  /** Who they are there, as far as it says. */
  there?: string | undefined;
  account: { name?: string; email?: string };
}

/** On the way to another login. */
export interface AwayModel {
  /** Where it is. */
  address: string;
  name: string;
}

/** The popup waits while somebody signs in at another login in a window of its own. */
export interface UpstreamWindowModel extends FormContext, AwayModel {
  /** By which the two windows know each other. */
  channel: string;
}

export interface SignInModel extends FormContext, UpstreamWays {
  /** What the browser needs to sign in with a passkey. */
  passkey: PublicKeyCredentialRequestOptionsJSON;
  email?: string;
  /** What is wrong with the address to which a code was to be mailed. */
  emailProblem?: EmailProblem;
  error?: SignInError;
  upstreamProblem?: UpstreamProblem;
  /** What has just been done. */
  done?: 'started_over';
  /** Minutes until another attempt, with `too_many_attempts`. */
  retryAfterMinutes?: number;
  /** Sandbox only: test people, picked by one click. */
  personas?: readonly Persona[];
}

/** Where an address is typed, to which a code is mailed. */
export interface AddressModel extends FormContext, UpstreamWays {
  /** `forgot`, where passwords are in another system of the operator's. */
  passwordElsewhere?: Pick<Config, 'platformName' | 'liveDirectory'> | undefined;
  /** `confirm`: the address of the account that is signed in, which is shown and not typed. */
  way: 'sign_up' | 'forgot' | 'confirm';
  /** `confirm`, of an account that has no address: it is typed. */
  asksAddress?: true;
  email?: string | undefined;
  emailProblem?: EmailProblem;
  error?: 'not_mailed' | 'too_many_attempts';
  retryAfterMinutes?: number;
  /** To be solved before the form is sent. */
  puzzle?: Puzzle | undefined;
}

/** Before a code is mailed, while strangers have to show that they are no bots. */
export interface BotCheckModel extends FormContext {
  email: string;
  /** Where the code was asked for. */
  way: string;
  unproven: Unproven;
}

/** Shown after a correct password, before going on. */
export interface PasskeyOfferModel extends FormContext {
  /** What the browser needs to make one. */
  creation: PublicKeyCredentialCreationOptionsJSON;
  /** The browser sent a passkey that we cannot accept. */
  refused?: boolean;
}

/** After the first proof of who somebody is. */
export interface SecondFactorModel extends FormContext {
  form: SecondFactorForm;
}

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
  inputs: readonly { name: string; value: string; required: boolean; error?: InputProblem }[];
}

/** `message` is the vendor's own, to be shown as it is, as text; without one, the vendor could not be reached or its answer was invalid. */
export interface VendorRefusal {
  message?: string;
}

/** Somebody who has agreed before, or chooses the account, and says that they want to go on. */
export interface ContinueModel extends FormContext {
  /** Who is signed in. `email` may be absent for a persona that has none. */
  account: { name?: string; email?: string };
  /** The platform's fields; those that every platform has, if it is left out. */
  catalogue?: FieldCatalogue;
  /** What was agreed to before and is shared again. */
  alreadyShared: readonly Field[];
  /** Nothing is shared by going on: a page follows that asks. */
  asksMore?: true;
}

export interface ConsentModel extends ContinueModel {
  /** What is new to agree to. */
  fields: readonly ConsentField[];
  /** The app asks to stay connected while the person is away. */
  asksToStay?: true;
  /** Sandbox only: what would have been mailed to the account. */
  sandboxMail?: ShownMail;
  /** The mail that confirms the address was not sent, because of a limit. */
  mailUnsent?: true;
  /** Something has been withdrawn since the page was shown before, so what was agreed to there does not count. */
  changedMeanwhile?: true;
  /** The vendor did not take the person on; nothing has been shared with its page. */
  vendorRefusal?: VendorRefusal;
}

/** Where a person types what a device shows. */
export interface DeviceEnterModel {
  action: string;
  /** What was typed. */
  code?: string | undefined;
  problem?: 'unknown' | 'over' | 'too_many' | undefined;
  /** Minutes until another attempt, with `too_many`. */
  retryAfterMinutes?: number;
}

/** Whether a device is the person's own. */
export interface DeviceConfirmModel extends FormContext {
  /** Whose device it would be. It is always named, whatever else is known of the app. */
  vendor: string;
  /** What the device shows. */
  userCode: string;
  /** Who is signed in already. */
  account?: ContinueModel['account'];
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
  | 'app_not_approved'
  | 'origin_not_registered'
  | 'invalid_request'
  | 'expired'
  /** The browser kept none of ours. */
  | 'cookies_blocked'
  | 'forbidden'
  | 'not_found'
  | 'too_many_requests'
  | 'unavailable'
  | 'server_error';

/** An answer that a form posts to the shop. */
export interface PostedAnswer {
  /** Registered with the app, `http:` or `https:`. */
  address: string;
  fields: Readonly<Record<string, string>>;
}

/** The way back to the shop where no window was opened. `uri` is registered with the app, or on a registered origin. */
export interface WayBack {
  uri: string;
  vendor: string;
  /** Posted there. Default: the way is a link. */
  fields?: PostedAnswer['fields'];
}

/** Where an answer would lead that nobody has asked for. */
export interface LeavingModel {
  /** Registered with the app. */
  address: string;
  /** Posted there. Default: the way is a link. */
  fields?: PostedAnswer['fields'];
}

/** A page that ends the journey without a message to anyone. */
export interface ErrorModel {
  code: ErrorPageCode;
  /** Instead of a button that closes the window. */
  wayBack?: WayBack | undefined;
  /** What the vendor's developer should fix, in English; shown below a heading for developers. */
  developerHint?: string;
  requestId: string;
  /** What can be sent again. */
  retry?: Retry | undefined;
}
