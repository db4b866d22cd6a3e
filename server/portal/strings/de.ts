import type { Strings } from './en.ts';

export const de: Strings = {
  account: 'Your account',
  menu: 'Menu',
  skip: 'Skip to content',
  signOut: 'Sign out',
  forDevelopers: 'For developers',
  nav: {
    home: 'Overview',
    profile: 'Profile',
    security: 'Sign-in and security',
    sessions: 'Where you are signed in',
    shops: 'Connected shops',
    data: 'Your data',
    apps: 'Apps and API keys',
    docs: 'API documentation',
  },
  /** Of one app. */
  app: {
    all: 'All apps',
    disabled: 'Switched off',
    tabs: { overview: 'Overview', members: 'Members', settings: 'Settings' },
    environments: { localhost: 'Localhost', 'development:sandbox': 'Sandbox', production: 'Production' },
    environmentTabs: { setup: 'Setup', keys: 'Secret and keys', code: 'Code', events: 'Events', doctor: 'Doctor' },
  },
  save: 'Save',
  cancel: 'Cancel',
  back: 'Back',
  required: 'Required',
  optional: 'Optional',
  checkFields: 'Some answers need another look. They are marked below.',
  errorPage: {
    requestId: 'Request ID',
    toStart: 'Go to your account',
    invalid_request: {
      title: 'That does not add up',
      explanation: 'We could not work with what your browser sent. Go back and try again.',
    },
    forbidden: {
      title: 'We could not accept this form',
      explanation:
        'We cannot tell whether it came from you. That happens when the page was open for long, or when you signed in or out in another window. Open the page again and send the form once more.',
    },
    not_allowed: {
      title: 'You may not do this',
      explanation: 'Your role in this app does not include it. Ask an owner of the app.',
    },
    test_person: {
      title: 'Test people stay as they are',
      explanation: 'Every developer uses them. Create an account of your own in the sandbox to try this out.',
    },
    not_found: {
      title: 'There is nothing here',
      explanation: 'The address may be wrong or out of date, or it belongs to somebody else.',
    },
    server_error: {
      title: 'Something went wrong on our side',
      explanation: 'It is our fault, not yours. Try again; if it happens again, send us the request ID below.',
    },
  },
};
