/**
 * What the popup says, in English. The shape of this object is the shape of every other language, and `{words}` in
 * braces are filled in by the page: keep each of them.
 */
export const en = {
  common: {
    cancel: 'Cancel',
    closeWindow: 'Close window',
    closeByHand: 'Your browser keeps this window open. You can close it yourself.',
    sandbox: 'Sandbox — test people, nothing real',
    nothingYet: 'Nothing is shared until you agree.',
    continuingTo: 'Continuing to',
    opensNewWindow: '(opens in a new window)',
    checkFields: 'Some answers need another look. They are marked below.',
    tooManyAttempts: 'Too many attempts. Try again in {duration}.',
    tooManyAttemptsLater: 'Too many attempts. Wait a while, then try again.',
  },
  password: {
    label: 'Password',
    show: 'Show',
    hide: 'Hide',
    shown: 'The characters are visible now',
    hidden: 'The characters are hidden now',
  },
  signIn: {
    title: 'Sign in',
    email: 'Email',
    submit: 'Sign in',
    newHere: 'New to {platform}?',
    createAccount: 'Create an account',
    forgotPassword: 'Forgot your password?',
    personas: 'Continue as a test person',
    or: 'or',
    keepAccount: 'Sign in to your account to keep it',
    errors: {
      invalid_credentials: 'Email and password do not match. Check both and try again.',
      account_blocked: 'You cannot sign in with this account. Ask {platform} for help.',
      account_leaving: 'This account is about to be deleted, so it shares nothing any more.',
      passkey_refused: 'This passkey did not work. Try again, or use your password.',
    },
  },
  passkey: {
    use: 'Use a passkey',
    notUsed: 'No passkey was used. Try again, or use your password.',
    notMade: 'No passkey was made. Try again, or go on without.',
    alreadyHere: 'This device has a passkey for your account already.',
  },
  passkeyOffer: {
    title: 'Sign in faster',
    heading: 'Next time, without a password',
    explanation:
      'A passkey signs you in with your fingerprint, your face or the lock of your screen. There is nothing to remember, and nothing that others could guess.',
    create: 'Create a passkey',
    notNow: 'Not now',
    later: 'Add or remove passkeys in your account at any time.',
    /** What a new one is called where the device cannot be told. */
    newName: 'Passkey',
  },
  /** Of the operator: in the footer, at sign-up, on error pages. `terms` and `privacy` stand within the sentences below them. */
  operator: {
    help: 'Help',
    terms: 'terms of service',
    privacy: 'privacy policy',
    agreeToTerms: 'By creating an account you agree to the {terms}.',
    readPrivacy: 'The {privacy} explains what we do with your data.',
    askSupport: 'Need help? Ask {support}.',
  },
  personaTraits: {
    newcomer: 'Is new, with nothing but an email address',
    returning: 'Has shared with your shop before',
    complete: 'Has every detail filled in',
    long_name: 'Has a very long name',
    right_to_left: 'Writes from right to left',
    unverified_email: 'Has not confirmed the email address',
    declines: 'Says no: your page gets access_denied',
    blocked: 'Has a blocked account',
  },
  signUp: {
    title: 'Create your account',
    heading: 'Create your {platform} account',
    firstName: 'First name',
    lastName: 'Last name',
    submit: 'Create account',
    haveAccount: 'Already have an account?',
    signInInstead: 'Sign in instead',
    passwordHint: 'At least {count} characters. A few unrelated words work well.',
    strength: 'Strength: {level}',
    strengthLevels: {
      tooShort: 'too short',
      weak: 'easy to guess',
      fair: 'could be better',
      good: 'good',
      strong: 'very good',
    },
  },
  /** Below the input that they are about. */
  errors: {
    required: 'Fill this in.',
    valid_email: 'Enter an email address like name@example.com.',
    too_short: 'Use at least {count} characters.',
    too_long: 'This is too long.',
    common_password: 'Many people use this one, so it is easy to guess. Choose another.',
    same_as_email: 'Choose something other than your email address.',
    valid_characters: 'This contains characters that cannot be used here.',
    valid_phone_number: 'Enter the number with its country code, like +31 6 12345678.',
    valid_country: 'Choose a country from the list.',
  },
  consent: {
    title: 'Share your details',
    heading: 'Share your details with {vendor}?',
    signedInAs: 'Signed in as',
    useAnother: 'Use another account',
    receives: '{vendor} will receive',
    optional: 'Optional',
    unverified: 'Not confirmed yet',
    alreadyShared: 'Shared before and sent again: {fields}.',
    onlyIdentifier: 'Only an ID made for {vendor}: no name, no email address.',
    changedMeanwhile: 'What you share with {vendor} has changed in the meantime. Look at it once more.',
    vendorRefused: 'Your account at {vendor} could not be created. The shop says:',
    vendorUnavailable: 'Your account at {vendor} could not be created just now. Try again in a while.',
    pictureAlt: 'Your picture',
    privacyPolicy: 'Privacy policy',
    terms: 'Terms of service',
    submit: 'Share and continue',
    chooseCountry: 'Choose a country',
  },
  fields: {
    name: 'Name',
    email: 'Email address',
    phone_number: 'Phone number',
    address: 'Address',
    locale: 'Language',
    picture: 'Picture',
  },
  inputs: {
    given_name: 'First name',
    family_name: 'Last name',
    phone_number: 'Phone number with country code',
    street_address: 'Street and house number',
    postal_code: 'Postal code',
    locality: 'Town or city',
    region: 'Region',
    country: 'Country',
  },
  deliver: {
    title: 'Returning you',
    heading: 'Returning you to {vendor}…',
    deliveredHeading: 'You can go back to {vendor}',
    delivered: 'Everything is done here. Close this window to carry on.',
    unreachableHeading: 'We could not return you to {vendor}',
    unreachable:
      'The page that opened this window is out of reach, so nothing was sent. Close this window, go back to {vendor} and try again.',
    noScript:
      'This last step needs JavaScript, so nothing was sent. Turn it on, close this window and try again at {vendor}.',
  },
  confirmEmail: {
    ask: {
      title: 'Confirm your email address',
      explanation:
        'Is the address that we wrote to yours, and did you sign up at {platform}? Then confirm it here. If not, close this page: nothing happens.',
    },
    confirmed: {
      title: 'Your email address is confirmed',
      explanation: 'Shops that you share it with at {platform} can see that it is yours. You can close this page.',
    },
    refused: {
      title: 'This link does not work any more',
      explanation:
        'It may be older than a day, used already, or for an address that is confirmed with another account at {platform}.',
    },
    submit: 'Confirm this address',
  },
  errorPage: {
    nothingShared: 'Nothing was shared.',
    forDevelopers: 'For developers',
    requestId: 'Request ID',
    /** Where the page itself came here, and no window was opened that could be closed. */
    backTo: 'Back to {vendor}',
    unknown_app: {
      title: 'We do not know this shop',
      explanation: 'The page you came from asked {platform} to sign you in, but it is not registered here.',
      whatToDo: 'Go back and sign up there in another way, or tell the shop about it.',
    },
    app_disabled: {
      title: 'This shop is switched off',
      explanation: 'Signing up with {platform} is not available for this shop at the moment.',
      whatToDo: 'Go back and sign up there in another way.',
    },
    origin_not_registered: {
      title: 'This page may not ask for your details',
      explanation:
        'The shop did not register the page that opened this window. It may be a mistake of the shop, or somebody who pretends to be it.',
      whatToDo: 'Check the address of the page that you came from. If you do not trust it, close it.',
    },
    invalid_request: {
      title: 'The shop’s request does not add up',
      explanation: 'The page you came from sent something that we cannot work with.',
      whatToDo: 'Go back and try again. If it happens again, tell the shop.',
    },
    expired: {
      title: 'This took too long',
      explanation: 'To keep your account safe, signing in ends by itself after a while.',
      whatToDo: 'Close this window, go back to the shop and press the button again.',
    },
    forbidden: {
      title: 'We could not accept this form',
      explanation:
        'We cannot tell whether it came from you. That happens when cookies are blocked or when you signed in in another window.',
      whatToDo: 'Allow cookies for this site, close this window and try again.',
    },
    not_found: {
      title: 'There is nothing here',
      explanation: 'The address may be wrong or out of date.',
      whatToDo: 'Close this window and go back to the page you came from.',
    },
    too_many_requests: {
      title: 'Too many requests',
      explanation: 'More requests came from your network than we can answer at once.',
      whatToDo: 'Wait a minute, then try again.',
    },
    server_error: {
      title: 'Something went wrong on our side',
      explanation: 'It is our fault, not yours.',
      whatToDo: 'Close this window and try again. If it happens again, send us the request ID below.',
    },
  },
};

export type Strings = typeof en;
