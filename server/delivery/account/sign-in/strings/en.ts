/** Signing in to the portal, and getting in again, in English. Its shape is the shape of every other language. */
export const en = {
  title: 'Sign in to {platform}',
  lead: 'See and change what we keep about you, and who gets it.',
  confirmTitle: 'Is it you?',
  confirmLead: 'To protect your account, please show once more that it is you.',
  confirm: 'Continue',
  signedInAs: 'Signed in as',
  noPassword: 'Your account has no password yet. We can mail you a link to set one.',
  setByMail: 'Set a password by mail',
  forgot: {
    lead: 'Tell us your email address, and we will send you a link to choose a new one.',
    submit: 'Send the link',
    back: 'Back to sign-in',
    sentTitle: 'Check your email',
    sent: 'We have written to the address that you gave. If there is an account with it, our message has a link to choose a new password. It works for 1 hour.',
    hint: 'Nothing there after a few minutes? Look among unwanted mail, or try another address.',
    another: 'Try another address',
  },
  reset: {
    title: 'Choose a new password',
    lead: 'For the account with {email}. It will be signed out everywhere.',
    label: 'New password',
    submit: 'Save new password',
    refusedTitle: 'This link does not work any more',
    refused: 'It may be older than an hour, or used already. Ask for a new one.',
    again: 'Ask for a new link',
  },
  /** What has been done, told on the next page. */
  done: {
    password_reset: 'Your new password is set. Sign in with it.',
  },
};

export type Strings = typeof en;
