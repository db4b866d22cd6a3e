import words from '../../messages/en/widget.json' with { type: 'json' };

/** What the button says: all the words that a page loads before anybody is about to click. `{platform}` and `{name}` are filled in. */
export interface Labels {
  /** BCP 47 tag of these words. */
  readonly language: string;
  /** Default: left to right. */
  readonly direction?: 'rtl' | undefined;
  readonly signup: string;
  readonly signin: string;
  readonly continue: string;
  /** To a person who was here before. */
  readonly known: string;
  /** Shown by the browser beside the button, when a form needs the sign-up. */
  readonly required: string;
  /** Whatever went wrong that has no words of its own. */
  readonly failed: string;
}

export const labels: Labels = {
  language: 'en',
  signup: words.signup,
  signin: words.signin,
  continue: words.continue,
  known: words.known,
  required: words.required,
  failed: words.failed,
};
