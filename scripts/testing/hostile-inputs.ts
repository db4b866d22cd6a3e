/**
 * Inputs that broke this product or products like it, in one place, by kind. The unit tests walk each list, so that a new entry is a new
 * test. Invisible characters are written as escapes, because a reader must see them.
 */

/** What must be understood, and as what. */
export interface Understood<Input = string, Value = string> {
  readonly input: Input;
  readonly value: Value;
  /** What it is, and who sends it. */
  readonly what: string;
}

/** What must be refused, and with which rule, code or words. */
export interface Refused<Input = string> {
  readonly input: Input;
  readonly refusal: string;
  /** What it is, and who sends it. */
  readonly what: string;
}

export interface InputKind<Input = string, Value = string> {
  readonly understood: readonly Understood<Input, Value>[];
  readonly refused: readonly Refused<Input>[];
}

/** Names of apps and people, as the text of a mail shows them in quotation marks (of English). */
export const NAMES_IN_MAILS: Pick<InputKind, 'understood'> = {
  understood: [
    { input: 'Fern & Field', value: 'Fern & Field', what: 'an ordinary name' },
    { input: 'Yahoo!', value: 'Yahoo!', what: 'a name with punctuation' },
    { input: 'Shop.example', value: 'Shop.\u200bexample', what: 'a host name, of which mail programs make a link' },
    { input: 'https://bank.example/a', value: 'https:\u200b/\u200b/\u200bbank.\u200bexample/\u200ba', what: 'a link' },
    {
      input: 'ada@bank.example',
      value: 'ada@\u200bbank.\u200bexample',
      what: 'an address, of which they make one, too',
    },
    {
      input: 'Shop” is closed. “Sign in',
      value: 'Shop’ is closed. ’Sign in',
      what: 'the end of the quotation, to speak as us',
    },
    { input: 'Shop\r\nBcc: eve', value: 'Shop Bcc: eve', what: 'a header' },
    { input: 'Shop\u2028\u202eevil', value: 'Shop evil', what: 'a line separator, and a change of direction' },
  ],
};
