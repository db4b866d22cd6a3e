import type { UserClaims } from '@signup-with-platform/protocol';

/** One of HTML's autofill fields (section 4.10.18.7), as the widget fills it. */
export interface Autofill {
  /** How shops name their controls when they do not say `autocomplete`; lower case, letters and digits only. */
  readonly spellings: readonly string[];
  /** Kinds of `<input>` that hold it, besides those for a line of text. */
  readonly inputTypes?: readonly string[];
  /** What may stand in it, best first; a `<select>` takes the first that it offers. @param language of the page */
  values(user: UserClaims, language?: string): readonly (string | undefined)[];
  /** What a `<select>` is tried with before that. */
  options?(user: UserClaims, language?: string): readonly (string | undefined)[];
}
