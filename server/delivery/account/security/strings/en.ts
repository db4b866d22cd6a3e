/** The page "Sign-in and security" and those behind it, in English. Its shape is the shape of every other language. */
export const en = {
  lead: 'How you sign in, and where we reach you.',
  email: {
    heading: 'Email address',
    none: 'None',
    confirmed: 'Confirmed',
    unconfirmed: 'Not confirmed',
    unconfirmedHint:
      'We have sent a link to this address. Until you use it, shops see that the address is not confirmed.',
    sendAgain: 'Send the link again',
    change: 'Change address',
    pending: 'We are waiting for you to use the link that we sent to {email}. Until then nothing changes.',
    cancelPending: 'Forget this change',
  },
  newEmail: {
    title: 'Change your email address',
    lead: 'We will send a link to the new address. Until you use it, {email} stays.',
    leadNone: 'We will send a link to the address. It is yours once you use it.',
    label: 'New email address',
    submit: 'Send the link',
    same: 'This is your address already.',
    askTitle: 'Use this address from now on?',
    ask: '{email} becomes the address of your account: for signing in, for our mails to you, and for shops that you share it with.',
    confirm: 'Use this address',
    refusedTitle: 'This link does not work any more',
    refused: 'It may be older than a day, used already, made for another account, or replaced by a later one.',
  },
  password: {
    heading: 'Password',
    has: 'You can sign in with your email address and a password.',
    hasNot: 'Your account has no password yet.',
    change: 'Change password',
    set: 'Set a password',
  },
  newPassword: {
    changeTitle: 'Change your password',
    setTitle: 'Set a password',
    label: 'New password',
    endOthers: 'Sign out everywhere else',
    endOthersHint: 'On all other devices and browsers. Leave it on if somebody else may know your password.',
    submit: 'Save password',
  },
  done: {
    confirmation_sent: 'We have sent you the link again.',
    email_requested: 'We have written to the new address. Your address changes once you use the link in that message.',
    email_change_cancelled: 'Your address stays as it is.',
    email_changed: 'Your email address is changed.',
    password_changed: 'Your password is changed.',
    password_changed_everywhere: 'Your password is changed, and you are signed out everywhere else.',
  },
};

export type Strings = typeof en;
