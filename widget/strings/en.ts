import type { Labels } from './labels.ts';

/** What a person gets to read around the popup, in English; what the button says before is in labels.ts. Calm, short, and saying what can be done. */
export const en = {
  /** On the button while the popup is open: a click brings it to the front. */
  show: 'Show the open window',
  /** Instead, when the popup cannot be brought to the front. */
  restart: 'Start again',
  /** On the button afterwards. */
  again: 'Use another account',

  /** With a window, from the click on: read out once. */
  waiting: 'Finish in the window that just opened.',
  /** Without one. */
  checking: 'One moment…',
  completed: 'Done. You shared this with the site:',
  /** An authorization code came: what was shared, only the vendor's backend will know. */
  code: 'Done.',
  cancelled: 'Cancelled. Nothing was shared.',
  popup_blocked: 'Your browser blocked the window. Allow pop-ups for this site, then press the button again.',
  popup_unreachable: 'The window could not reach this page. Try again, or carry on without it.',
  timed_out: 'That took too long. Press the button to start again.',
  misconfigured: 'This is not available right now.',
  /** In a window that is done and will not close. */
  delivered: 'Done. You can close this window.',
  /** In one whose answer nobody takes any more: the page was reloaded or closed. */
  orphaned:
    'The page that you came from is no longer waiting for this. Close this window, go back there, and press the button again.',

  name: 'Name',
  email: 'E-mail',
  not_confirmed: 'not confirmed',
  phone_number: 'Phone',
  address: 'Address',
  locale: 'Language',
};

export type Strings = Labels & Readonly<typeof en>;
