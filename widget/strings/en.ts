import words from '../../messages/en/widget.json' with { type: 'json' };
import type { Labels } from './labels.ts';

/** What a person gets to read around the popup, in English; what the button says before is in labels.ts. Calm, short, and saying what can be done. */
export const en = {
  /** On the button while the popup is open: a click brings it to the front. */
  show: words.show,
  /** Instead, when the popup cannot be brought to the front. */
  restart: words.restart,
  /** Afterwards, a link beside who it was; and its longer name, which screen readers read out with it. */
  change: words.change,
  again: words.again,

  /** With a window, from the click on: read out once. */
  waiting: words.waiting,
  /** Without one. */
  checking: words.checking,
  /** Read out. `{fields}`: what was shared. */
  completed: words.completed,
  /** An authorization code came: what was shared, only the vendor's backend will know. */
  code: words.code,
  cancelled: words.cancelled,
  popup_blocked: words.popup_blocked,
  /** In a frame that lets nobody open a window. */
  framed: words.framed,
  popup_unreachable: words.popup_unreachable,
  platform_unreachable: words.platform_unreachable,
  timed_out: words.timed_out,
  misconfigured: words.misconfigured,

  name: words.name,
  email: words.email,
  not_confirmed: words.not_confirmed,
  yes: words.yes,
  no: words.no,
  phone_number: words.phone_number,
  address: words.address,
  birthdate: words.birthdate,
  /** `{years}`: an age. */
  is_over: words.is_over,
  locale: words.locale,

  /** Heading of what was shared, where the list is folded. */
  list: words.list,
  /** The same fields in the middle of a sentence. */
  listed_name: words.listed_name,
  listed_email: words.listed_email,
  listed_phone_number: words.listed_phone_number,
  listed_address: words.listed_address,
  listed_birthdate: words.listed_birthdate,
  listed_locale: words.listed_locale,
};

export type Strings = Labels & Readonly<typeof en>;
