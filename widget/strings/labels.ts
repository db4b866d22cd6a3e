/** What the button says: all the words that a page loads before anybody is about to click. `{platform}` and `{name}` are filled in. */
export interface Labels {
  /** BCP 47 tag of these words. */
  readonly language: string;
  /** Default: left to right. */
  readonly direction?: 'rtl';
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
  signup: 'Sign up with {platform}',
  signin: 'Sign in with {platform}',
  continue: 'Continue with {platform}',
  known: 'Continue as {name}',
  required: 'Use this button first.',
  failed: 'That did not work. Please try again.',
};
