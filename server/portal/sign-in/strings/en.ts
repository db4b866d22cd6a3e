/** Signing in to the portal, in English. Its shape is the shape of every other language. */
export const en = {
  title: 'Sign in to {platform}',
  lead: 'See and change what we keep about you, and who gets it.',
  confirmTitle: 'Is it you?',
  confirmLead: 'To protect your account, please enter your password once more.',
  confirm: 'Continue',
  signedInAs: 'Signed in as',
};

export type Strings = typeof en;
