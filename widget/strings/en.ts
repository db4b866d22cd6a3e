/** What a person gets to read before and around the popup. Calm, short, and saying what can be done. */
export const en = {
  /** BCP 47 tag of this file. */
  language: 'en',

  signup: 'Sign up with Platform',
  signin: 'Sign in with Platform',
  continue: 'Continue with Platform',
  /** On the button while the popup is open: a click brings it to the front. */
  show: 'Show the open window',
  /** On the button afterwards. */
  again: 'Use another account',

  opening: 'Opening a window…',
  waiting: 'Finish in the window that just opened.',
  checking: 'One moment…',
  completed: 'Done. You shared this with the site:',
  /** An authorization code came: what was shared, only the vendor's backend will know. */
  code: 'Done.',
  cancelled: 'Cancelled. Nothing was shared.',
  popup_blocked: 'Your browser blocked the window. Allow pop-ups for this site, then press the button again.',
  popup_unreachable: 'The window could not reach this page. Try again, or carry on without it.',
  timed_out: 'That took too long. Press the button to start again.',
  misconfigured: 'This is not available right now.',
  /** Whatever else went wrong. */
  failed: 'That did not work. Please try again.',
};

export type Strings = Readonly<typeof en>;
