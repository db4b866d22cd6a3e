/** What the button says, in English: all the words that a page loads before anybody is about to click. */
export const labels = {
  /** BCP 47 tag of this file. */
  language: 'en',
  signup: 'Sign up with Platform',
  signin: 'Sign in with Platform',
  continue: 'Continue with Platform',
  /** Shown by the browser beside the button, when a form needs the sign-up. */
  required: 'Use this button first.',
  /** Whatever went wrong that has no words of its own. */
  failed: 'That did not work. Please try again.',
};

export type Labels = Readonly<typeof labels>;
