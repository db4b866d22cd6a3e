import type { Persona } from '#domain/sandbox/personas.ts';
import type { CodeModel, NewPasswordModel, PageContext, SignUpModel, YourNameModel } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { addressPage } from './address-page.ts';
import { awayPage } from './away-page.ts';
import { botCheckPage } from './bot-check-page.ts';
import { breachedPasswordPage } from './breached-password-page.ts';
import { codePage } from './code-page.ts';
import { confirmEmailPage } from './confirm-email-page.ts';
import { consentPage } from './consent-page.ts';
import { continuePage } from './continue-page.ts';
import { deliverPage } from './deliver-page.ts';
import { deviceConfirmPage, deviceDonePage, deviceEnterPage, deviceRefusedPage } from './device-page.ts';
import { errorPage } from './error-page.ts';
import { formPostPage } from './form-post-page.ts';
import { leavingPage } from './leaving-page.ts';
import { linkIdentityPage } from './link-identity-page.ts';
import { type LogoutModel, logoutPage } from './logout-page.ts';
import type { ConsentModel, DeviceConfirmModel, ErrorPageCode, PostedAnswer, SignInModel } from './models.ts';
import { newPasswordPage } from './new-password-page.ts';
import { passkeyOfferPage } from './passkey-offer-page.ts';
import { secondFactorPage } from './second-factor-page.ts';
import { signInPage } from './sign-in-page.ts';
import { signUpPage } from './sign-up-page.ts';
import { upstreamWindowDonePage, upstreamWindowPage } from './upstream-window-page.ts';
import { yourNamePage } from './your-name-page.ts';

/** Every page in every state that looks different, for the tests to go through. */

export const sampleForm = { action: '/interaction/abc', csrf: 'csrf-token' };
const sampleWays = {
  email: 'jane.doe@example.com',
  signIn: '/account/confirm-email?code=1',
  anew: '/confirm-email/anew?code=1',
};

export const sampleContext: PageContext = {
  platformName: 'Acme',
  realm: 'production',
  languages: ['en'],
  theme: 'auto',
  vendor: {
    name: 'Bonsai & Bark',
    origin: 'https://bonsai.example',
    privacyPolicyUri: 'https://bonsai.example/privacy',
    termsUri: 'https://bonsai.example/terms',
  },
  ready: { state: 'state-1', origin: 'https://bonsai.example' },
};

export const samplePersonas: readonly Persona[] = [
  { key: 'ada', name: 'Ada Newman', trait: 'newcomer' },
  { key: 'ruth', name: 'Ruth Again', trait: 'returning' },
  { key: 'carl', name: 'Carl Complete', trait: 'complete' },
  { key: 'max', name: 'Maximiliana Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh', trait: 'long_name' },
  { key: 'layla', name: 'ليلى حداد', trait: 'right_to_left' },
  { key: 'una', name: 'Una Verified', trait: 'unverified_email' },
  { key: 'dean', name: 'Dean Clyne', trait: 'declines' },
  { key: 'blake', name: 'Blake Blocked', trait: 'blocked' },
];

export const sampleSignIn: SignInModel = {
  ...sampleForm,
  passkey: { challenge: 'c'.repeat(72), rpId: 'acme.example', userVerification: 'required' },
};

/** One that no script can solve, so that the page says how long to wait. */
const samplePuzzle = { altcha: '', pauseMs: 20_000 };
const sampleBotCheck = { ...sampleForm, email: 'ada@example.com', way: 'sign_in' };
const sampleBreachedPassword = { ...sampleForm, email: 'ada@example.com', minPasswordLength: 8 };
const sampleUpstreams = {
  upstreams: [
    { id: 'acme', name: 'Acme Single Sign-On' },
    {
      id: 'google',
      name: 'Google',
      logo: 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=',
    },
  ],
};

const sampleWindow = {
  ...sampleForm,
  address: 'https://login.acme.example/auth?state=1',
  name: 'Acme Single Sign-On',
  channel: 'abc',
};

const sampleOffer = {
  ...sampleForm,
  creation: {
    challenge: 'c'.repeat(72),
    rp: { id: 'acme.example', name: 'Acme' },
    user: { id: 'dXNlcg', name: 'ada@example.com', displayName: 'Ada Lovelace' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 } as const],
  },
};

const sampleDevice: DeviceConfirmModel = {
  ...sampleForm,
  vendor: 'Bonsai & Bark',
  userCode: 'BCDF-GHJK',
  account: { name: 'Ada Lovelace', email: 'ada@example.com' },
};

const sampleSignUp: SignUpModel = { ...sampleForm, values: {}, errors: {}, minPasswordLength: 8 };

export const sampleConsent: ConsentModel = {
  ...sampleForm,
  account: { name: 'Ada Lovelace', email: 'ada@example.com' },
  fields: [
    { field: 'name', required: true, checked: true, value: 'Ada Lovelace', inputs: [] },
    { field: 'email', required: true, checked: true, value: 'ada@example.com', unverified: true, inputs: [] },
    {
      field: 'phone_number',
      required: false,
      checked: false,
      value: '+31612345678',
      reason: 'The courier <b>rings</b> when nobody answers the door.',
      inputs: [],
    },
    {
      field: 'address',
      required: false,
      checked: true,
      value: 'Keizersgracht 174\n1016 DW Amsterdam\nNetherlands',
      inputs: [],
    },
    { field: 'birthdate', required: false, checked: true, value: '1815-12-10', inputs: [] },
  ],
  alreadyShared: [],
};

export const sampleConsentWithGaps: ConsentModel = {
  ...sampleForm,
  account: { email: 'ada@example.com' },
  fields: [
    {
      field: 'name',
      required: true,
      checked: true,
      inputs: [
        { name: 'given_name', value: '', required: true, error: 'required' },
        { name: 'family_name', value: 'Lovelace', required: true },
      ],
    },
    {
      field: 'phone_number',
      required: false,
      checked: true,
      inputs: [{ name: 'phone_number', value: '12', required: true, error: 'valid_phone_number' }],
    },
    {
      field: 'address',
      required: true,
      checked: true,
      inputs: [
        { name: 'street_address', value: '', required: true },
        { name: 'postal_code', value: '', required: true },
        { name: 'locality', value: '', required: true },
        { name: 'region', value: '', required: false },
        { name: 'country', value: 'NL', required: true },
      ],
    },
    {
      field: 'birthdate',
      required: true,
      checked: true,
      inputs: [{ name: 'birthdate', value: '2999-12-10', required: true, error: 'valid_birthdate' }],
    },
    { field: 'locale', required: false, checked: true, value: 'nl-NL', inputs: [] },
    {
      field: 'picture',
      required: false,
      checked: true,
      value: 'https://pictures.example/ada.png',
      inputs: [],
    },
  ],
  alreadyShared: ['email', 'locale'],
};

export const LONG_NAME = 'Maximiliana Wolfeschlegelsteinhausen Featherstonehaugh';
const LONG_EMAIL = 'maximiliana.wolfeschlegelsteinhausen@featherstonehaugh.example';
export const LONG_VENDOR = {
  name: 'The Featherstonehaugh & Wolfeschlegelsteinhausen Emporium of Bonsai, Bark, and Everything Else',
  origin: 'https://checkout.the-emporium-of-bonsai-and-bark.example',
};

const sampleConsentLong: ConsentModel = {
  ...sampleForm,
  account: { name: LONG_NAME, email: LONG_EMAIL },
  fields: [
    { field: 'name', required: true, checked: true, value: LONG_NAME, inputs: [] },
    { field: 'phone_number', required: false, checked: true, value: '+31612345678', inputs: [] },
  ],
  alreadyShared: ['email', 'address', 'birthdate', 'locale', 'picture'],
};

export const sampleAnswer: PostedAnswer = {
  address: 'https://bonsai.example/callback?from=acme',
  fields: { code: 'code-1', state: 'state-1', iss: 'https://acme.example' },
};

const sampleLogout: LogoutModel = {
  outcome: 'ask',
  action: '/logout/confirm',
  csrf: sampleForm.csrf,
  request: 'sealed.request',
  account: { name: 'Ada Lovelace', email: LONG_EMAIL },
  stay: '/account',
};

const sampleFailure = { code: 'unavailable', requestId: '01JD9Z4T7RQ2' } as const;

export const ERROR_PAGE_CODES: readonly ErrorPageCode[] = [
  'unknown_app',
  'app_disabled',
  'app_not_approved',
  'origin_not_registered',
  'invalid_request',
  'expired',
  'cookies_blocked',
  'forbidden',
  'not_found',
  'too_many_requests',
  'unavailable',
  'server_error',
];

/** Every sample by name, e.g. to write them to files and look at them. */
const sampleCode: CodeModel = {
  ...sampleForm,
  email: 'jane.doe@example.com',
  format: 'digits',
  mayDecline: true,
  isRequired: false,
  usePassword: '/interaction/abc/sign-up/password',
  otherAddress: '/interaction/abc/sign-up',
};

const sampleSecondFactor = {
  action: '/interaction/abc/second-factor',
  csrf: sampleForm.csrf,
  way: 'app',
  otherWay: '/interaction/abc/recovery-code',
  mayTrust: true,
} as const;
const sampleRecovery = { ...sampleSecondFactor, way: 'recovery', otherWay: '/interaction/abc' } as const;

const sampleName: YourNameModel = {
  ...sampleForm,
  email: 'jane.doe@example.com',
  minPasswordLength: 8,
  values: {},
  errors: {},
};

const sampleNewPassword: NewPasswordModel = {
  ...sampleOffer,
  email: 'jane.doe@example.com',
  minPasswordLength: 8,
};

export function samplePages(context: PageContext = sampleContext): Map<string, RenderedPage> {
  const { vendor: _, ready: __, ...withoutVendor } = context;
  const sandbox: PageContext = { ...context, realm: 'sandbox' };
  const { vendor: shop, ready: ___, ...rest } = context;
  const atDevice: PageContext = { ...rest, ...(shop && { vendor: { ...shop, onOtherDevice: true } }) };
  const native: PageContext = {
    ...rest,
    vendor: { name: shop?.name ?? '' },
    formTargets: ['com.example.app:'],
    endsInApp: true,
  };
  const message = { type: 'signup-with-platform:response', state: 'state-1', iss: 'https://acme.example' } as const;
  return new Map([
    ['sign-in', signInPage(context, sampleSignIn)],
    ['sign-in-wrong', signInPage(context, { ...sampleSignIn, email: 'ada@example.com', error: 'invalid_credentials' })],
    ['sign-in-slow-down', signInPage(context, { ...sampleSignIn, error: 'too_many_attempts', retryAfterMinutes: 5 })],
    ['sign-in-busy', signInPage(context, { ...sampleSignIn, email: 'ada@example.com', error: 'busy' })],
    ['sign-in-blocked', signInPage(context, { ...sampleSignIn, error: 'account_blocked' })],
    ['sign-in-gone', signInPage(context, { ...sampleSignIn, error: 'account_gone' })],
    ['sign-in-address-known', signInPage(context, { ...sampleSignIn, error: 'address_known' })],
    ['sign-in-directory-down', signInPage(context, { ...sampleSignIn, error: 'directory_down' })],
    ['sign-in-leaving', signInPage(context, { ...sampleSignIn, error: 'account_leaving' })],
    ['sign-in-long', signInPage({ ...context, vendor: LONG_VENDOR }, { ...sampleSignIn, email: LONG_EMAIL })],
    ['sign-in-no-vendor', signInPage(withoutVendor, sampleSignIn)],
    ['sandbox', signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas })],
    ['sandbox-wrong', signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas, error: 'invalid_credentials' })],
    [
      'sandbox-slow-down',
      signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas, error: 'too_many_attempts' }),
    ],
    ['sandbox-blocked', signInPage(sandbox, { ...sampleSignIn, personas: samplePersonas, error: 'account_blocked' })],
    ['sign-in-passkey-refused', signInPage(context, { ...sampleSignIn, error: 'passkey_refused' })],
    ['second-factor', secondFactorPage(context, { ...sampleForm, form: sampleSecondFactor })],
    [
      'second-factor-wrong',
      secondFactorPage(
        { ...context, vendor: LONG_VENDOR },
        {
          ...sampleForm,
          form: {
            ...sampleSecondFactor,
            passkey: { action: '/interaction/abc/second-factor-passkey', options: sampleSignIn.passkey },
            problem: { kind: 'wrong' },
          },
        },
      ),
    ],
    [
      'second-factor-always',
      secondFactorPage(sandbox, {
        ...sampleForm,
        form: {
          ...sampleSecondFactor,
          mayTrust: false,
          problem: { kind: 'too_many_attempts', retryAfterMs: 86_400_000 },
        },
      }),
    ],
    ['recovery-code', secondFactorPage(context, { ...sampleForm, form: sampleRecovery })],
    [
      'recovery-code-wrong',
      secondFactorPage(sandbox, { ...sampleForm, form: { ...sampleRecovery, problem: { kind: 'malformed' } } }),
    ],
    ['breached-password', breachedPasswordPage(context, sampleBreachedPassword)],
    [
      'breached-password-refused',
      breachedPasswordPage(sandbox, { ...sampleBreachedPassword, problem: 'breached_password' }),
    ],
    ['sign-in-upstreams', signInPage(context, { ...sampleSignIn, ...sampleUpstreams })],
    [
      'sign-in-upstream-denied',
      signInPage(context, {
        ...sampleSignIn,
        ...sampleUpstreams,
        upstreamProblem: { kind: 'denied', name: 'Acme Single Sign-On' },
      }),
    ],
    [
      'sign-in-upstream-address-known',
      signInPage(context, {
        ...sampleSignIn,
        ...sampleUpstreams,
        email: 'ada@example.com',
        upstreamProblem: { kind: 'address_known', name: 'Google', email: 'ada@example.com' },
      }),
    ],
    [
      'sign-in-only-upstream',
      signInPage(context, { ...sampleSignIn, upstreams: sampleUpstreams.upstreams.slice(0, 1), onlyUpstream: true }),
    ],
    [
      'sign-in-only-upstream-unavailable',
      signInPage(sandbox, {
        ...sampleSignIn,
        upstreams: sampleUpstreams.upstreams.slice(0, 1),
        onlyUpstream: true,
        upstreamProblem: { kind: 'unavailable', name: 'Acme Single Sign-On' },
      }),
    ],
    ['sign-up-upstreams', signUpPage(context, { ...sampleSignUp, ...sampleUpstreams })],
    // Where the walk in a browser shows it, so that it stays in view.
    ['away', awayPage(context, { address: 'https://platform.example/away#there', name: 'Acme Single Sign-On' })],
    ['upstream-window', upstreamWindowPage(context, sampleWindow)],
    ['upstream-window-done', upstreamWindowDonePage(context, { channel: 'abc', isSignedIn: true })],
    ['upstream-window-failed', upstreamWindowDonePage(sandbox, { channel: 'abc', isSignedIn: false })],
    [
      'link-identity',
      linkIdentityPage(context, {
        ...sampleForm,
        name: 'Google',
        there: 'ada@gmail.example',
        account: { name: 'Ada Lovelace', email: 'ada@example.com' },
      }),
    ],
    ['passkey-offer', passkeyOfferPage(context, sampleOffer)],
    ['passkey-offer-refused', passkeyOfferPage(sandbox, { ...sampleOffer, refused: true })],
    ['sign-in-no-address', signInPage(context, { ...sampleSignIn, email: 'ada@', emailProblem: 'valid_email' })],
    ['sign-in-no-more-codes', signInPage(context, { ...sampleSignIn, email: LONG_EMAIL, error: 'code_not_mailed' })],
    ['sign-up-address', addressPage(context, { ...sampleForm, way: 'sign_up' })],
    [
      'sign-up-address-wrong',
      addressPage(sandbox, { ...sampleForm, way: 'sign_up', email: 'ada@', emailProblem: 'valid_email' }),
    ],
    [
      'forgot-password',
      addressPage(context, {
        ...sampleForm,
        way: 'forgot',
        email: LONG_EMAIL,
        error: 'too_many_attempts',
        retryAfterMinutes: 5,
      }),
    ],
    [
      'confirm-address',
      addressPage(context, { ...sampleForm, way: 'confirm', email: LONG_EMAIL, error: 'not_mailed' }),
    ],
    ['sign-up-address-puzzle', addressPage(context, { ...sampleForm, way: 'sign_up', puzzle: samplePuzzle })],
    ['bot-check', botCheckPage(context, { ...sampleBotCheck, unproven: { outcome: 'puzzle', puzzle: samplePuzzle } })],
    [
      'bot-check-early',
      botCheckPage(
        { ...context, vendor: LONG_VENDOR },
        { ...sampleBotCheck, unproven: { outcome: 'too_early', puzzle: samplePuzzle, retryAfterMs: 12_000 } },
      ),
    ],
    ['code', codePage(context, sampleCode)],
    ['code-wrong', codePage(context, { ...sampleCode, problem: { kind: 'wrong', triesLeft: 4 } })],
    ['code-over', codePage(context, { ...sampleCode, email: LONG_EMAIL, problem: { kind: 'over' } })],
    [
      'code-too-soon',
      codePage(
        { ...context, vendor: LONG_VENDOR },
        { ...sampleCode, problem: { kind: 'too_soon', retryAfterMs: 29_000 } },
      ),
    ],
    ['code-characters', codePage(context, { ...sampleCode, format: 'characters', problem: { kind: 'malformed' } })],
    [
      'code-required',
      codePage(context, { ...sampleCode, mayDecline: false, isRequired: true, problem: { kind: 'not_mailed' } }),
    ],
    ['code-sandbox', codePage(sandbox, { ...sampleCode, shown: '492810' })],
    ['code-sandbox-elsewhere', codePage(sandbox, sampleCode)],
    ['your-name', yourNamePage(context, sampleName)],
    [
      'your-name-wrong',
      yourNamePage(context, {
        ...sampleName,
        values: { given_name: '<Ada>' },
        errors: { given_name: 'valid_characters', password: 'too_short' },
      }),
    ],
    ['your-name-busy', yourNamePage(sandbox, { ...sampleName, error: 'busy' })],
    ['new-password', newPasswordPage(context, sampleNewPassword)],
    ['new-password-weak', newPasswordPage(context, { ...sampleNewPassword, problem: 'common_password' })],
    ['new-password-refused', newPasswordPage(sandbox, { ...sampleNewPassword, refused: true })],
    ['sign-up', signUpPage(context, sampleSignUp)],
    [
      'sign-up-wrong',
      signUpPage(context, {
        ...sampleSignUp,
        values: { given_name: 'A', email: 'ada' },
        errors: { given_name: 'valid_characters', email: 'valid_email', password: 'too_short' },
      }),
    ],
    ['sign-up-slow-down', signUpPage(context, { ...sampleSignUp, error: 'too_many_attempts' })],
    [
      'sign-up-unproven',
      signUpPage(context, {
        ...sampleSignUp,
        puzzle: samplePuzzle,
        unproven: { outcome: 'puzzle', puzzle: samplePuzzle },
      }),
    ],
    ['sign-up-busy', signUpPage(context, { ...sampleSignUp, error: 'busy' })],
    ['consent', consentPage(context, sampleConsent)],
    ['consent-gaps', consentPage(sandbox, sampleConsentWithGaps)],
    ['consent-long', consentPage({ ...context, vendor: LONG_VENDOR }, sampleConsentLong)],
    ['consent-again', consentPage(context, { ...sampleConsent, fields: [], alreadyShared: ['name', 'email'] })],
    ['consent-nothing', consentPage(context, { ...sampleConsent, fields: [] })],
    [
      'consent-vendor-refused',
      consentPage(context, {
        ...sampleConsent,
        vendorRefusal: { message: 'This <b>address</b> is a customer already.' },
      }),
    ],
    [
      'consent-sandbox-mail',
      consentPage(sandbox, {
        ...sampleConsent,
        sandboxMail: { to: 'jane.doe@example.com', link: 'https://id.example/sandbox/confirm-email?code=abc' },
        mailUnsent: true,
      }),
    ],
    ['consent-stay', consentPage(context, { ...sampleConsent, fields: [], asksToStay: true })],
    ['consent-stay-too', consentPage(context, { ...sampleConsent, asksToStay: true })],
    ['consent-changed-meanwhile', consentPage(context, { ...sampleConsent, changedMeanwhile: true })],
    ['consent-vendor-unavailable', consentPage(context, { ...sampleConsent, vendorRefusal: {} })],
    ['continue', continuePage(context, { ...sampleConsent, alreadyShared: ['name', 'email', 'address'] })],
    ['select-account', continuePage(context, { ...sampleConsent, asksMore: true })],
    [
      'continue-no-name',
      continuePage(sandbox, { ...sampleForm, account: { email: 'ada@example.com' }, alreadyShared: [] }),
    ],
    ['device-enter', deviceEnterPage(withoutVendor, { action: '/device' })],
    ['device-enter-unknown', deviceEnterPage(sandbox, { action: '/device', code: '<b>', problem: 'unknown' })],
    ['device-enter-over', deviceEnterPage(withoutVendor, { action: '/device', code: 'BCDF-GHJK', problem: 'over' })],
    [
      'device-enter-slow-down',
      deviceEnterPage(withoutVendor, { action: '/device', problem: 'too_many', retryAfterMinutes: 15 }),
    ],
    ['device-confirm', deviceConfirmPage(atDevice, sampleDevice)],
    [
      'device-confirm-long',
      deviceConfirmPage({ ...atDevice, vendor: LONG_VENDOR }, { ...sampleDevice, vendor: LONG_VENDOR.name }),
    ],
    ['device-done', deviceDonePage(atDevice, { vendor: 'Bonsai & Bark' })],
    ['device-declined', deviceRefusedPage(withoutVendor)],
    ['consent-native', consentPage(native, { ...sampleConsent, asksToStay: true })],
    ['continue-native', continuePage(native, { ...sampleConsent, alreadyShared: ['name'] })],
    ['leaving-native', leavingPage(withoutVendor, { address: 'com.example.app:/callback?error=login_required' })],
    ['leaving', leavingPage(withoutVendor, { address: 'https://bonsai.example/back?error=login_required' })],
    ['leaving-by-form', leavingPage(withoutVendor, sampleAnswer)],
    ['form-post', formPostPage(context, sampleAnswer)],
    ['form-post-sandbox', formPostPage({ ...sandbox, vendor: LONG_VENDOR }, sampleAnswer)],
    ['logout', logoutPage({ ...withoutVendor, formTargets: ['https://bonsai.example'] }, sampleLogout)],
    ['logout-vendor', logoutPage({ ...withoutVendor, vendor: LONG_VENDOR }, sampleLogout)],
    ['logout-done', logoutPage(sandbox, { outcome: 'done', signIn: '/account/sign-in' })],
    [
      'logout-done-back',
      logoutPage(withoutVendor, {
        outcome: 'done',
        signIn: '/account/sign-in',
        back: { uri: 'https://bonsai.example/out', vendor: LONG_VENDOR.name },
        developerHint: 'post_logout_redirect_uri was not used.',
      }),
    ],
    ['deliver', deliverPage(context, { message, targetOrigin: 'https://bonsai.example' })],
    ['deliver-no-vendor', deliverPage(withoutVendor, { message, targetOrigin: 'https://bonsai.example' })],
    [
      'confirm-email',
      confirmEmailPage(withoutVendor, { outcome: 'ask', code: 'code-1', email: 'jane.doe@example.com', ...sampleForm }),
    ],
    [
      'confirm-email-outside',
      confirmEmailPage(withoutVendor, { outcome: 'outside', code: 'code-1', ...sampleForm, ...sampleWays }),
    ],
    [
      'confirm-email-wrong',
      confirmEmailPage(withoutVendor, {
        outcome: 'outside',
        code: 'code-1',
        ...sampleForm,
        ...sampleWays,
        error: 'invalid_credentials',
      }),
    ],
    [
      'confirm-email-anew',
      confirmEmailPage(withoutVendor, {
        outcome: 'anew',
        code: 'code-1',
        email: 'jane.doe@example.com',
        ...sampleForm,
        keep: '/confirm-email',
      }),
    ],
    ['confirm-email-replaced', confirmEmailPage(withoutVendor, { outcome: 'replaced', signIn: '/account/sign-in' })],
    ['confirm-email-done', confirmEmailPage(withoutVendor, { outcome: 'confirmed' })],
    ['confirm-email-refused', confirmEmailPage(withoutVendor, { outcome: 'refused' })],
    [
      'continue-long',
      continuePage(
        { ...context, vendor: LONG_VENDOR },
        { ...sampleForm, account: { name: LONG_NAME, email: LONG_EMAIL }, alreadyShared: ['name', 'email'] },
      ),
    ],
    ['error-try-again', errorPage(withoutVendor, { ...sampleFailure, retry: { way: 'link', address: '/again' } })],
    [
      'error-way-back',
      errorPage(withoutVendor, {
        code: 'forbidden',
        requestId: '01JD9Z4T7RQ2',
        wayBack: { uri: 'https://bonsai.example/back#state=1', vendor: 'Bonsai & Co' },
      }),
    ],
    [
      'error-way-back-by-form',
      errorPage(withoutVendor, {
        code: 'forbidden',
        requestId: '01JD9Z4T7RQ2',
        wayBack: { uri: sampleAnswer.address, vendor: 'Bonsai & Co', fields: sampleAnswer.fields },
      }),
    ],
    ...ERROR_PAGE_CODES.map(
      (code) =>
        [
          `error-${code}`,
          errorPage(withoutVendor, {
            code,
            requestId: '01JD9Z4T7RQ2',
            developerHint: 'Register https://bonsai.example for this client_id.',
          }),
        ] as const,
    ),
  ]);
}

/** An error page that sends again what was typed. Apart from the others, because its policy lets a form end anywhere. */
export function sampleSendAgain({ vendor: _, ready: __, ...context }: PageContext): RenderedPage {
  const fields = { values: [['email', LONG_EMAIL]] as const, hasPassword: true };
  const retry = { way: 'form', address: '/interaction/abc/sign-in', csrf: 'csrf-token', fields } as const;
  return errorPage(context, { ...sampleFailure, retry });
}
