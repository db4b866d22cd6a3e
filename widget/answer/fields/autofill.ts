import type { BuiltInClaim, UserClaims } from '@signup-with-platform/protocol';

/** Where the value is to stand. */
export interface Place {
  /** Of the page, because the options of a `<select>` are in it. */
  readonly language?: string | undefined;
  /** The country that the form is about (ISO 3166-1 alpha-2): a national phone number is right in that country only. */
  readonly country?: string | undefined;
  /** What people read beside the control and in it. It may say how a date is written. */
  readonly shown?: string | undefined;
}

/**
 * One of HTML's autofill fields (section 4.10.18.7), or a part of one that shops ask for apart, as the widget fills it.
 *
 * The expressions are tried on folded words (`fill/words.ts`): lower case, no accents, `billing[postCode]` as `billing post code`.
 */
export interface Autofill {
  /** Whose value it is. Default: the claim that the field is named after. */
  readonly claim?: BuiltInClaim;
  /** How shops name it in `name`, `id` or label when they do not say `autocomplete`, in English; spellings.ts has the other languages. */
  readonly words?: RegExp;
  /** Words that may mean something else as well. They count when nothing else is recognized. */
  readonly vague?: RegExp;
  /** Words that say it is something else, although the others match. */
  readonly not?: RegExp;
  /** Kinds of `<input>` that hold it, besides those for a line of text. */
  readonly inputTypes?: readonly string[];
  /** True when shops offer it as a `<select>`. In others, such as "email frequency", it is something else. */
  readonly select?: boolean;
  /** True when a preselected option is the page's choice, as its language is, and stays. */
  readonly keepsDefault?: boolean;
  /** What may stand in it, best first; a `<select>` takes the first that it offers. */
  values(user: UserClaims, place: Place): readonly (string | undefined)[];
  /** What stands in a line of text instead, which is worked out by what is loaded then. */
  asText?(user: UserClaims, place: Place): Promise<readonly (string | undefined)[]>;
  /** What a `<select>` is tried with before that. */
  options?(user: UserClaims, place: Place): readonly (string | undefined)[];
  /** What else may be typed, if one of the values stands there in the end: a mask may write a part of it by itself. */
  typed?(user: UserClaims): readonly (string | undefined)[];
  /** Finds an option that no text alone identifies. */
  matches?(option: string, user: UserClaims): boolean;
  /** What is tried where the control keeps none of these. It is loaded then, because few forms need it. */
  more?(user: UserClaims, place: Place): Promise<Pick<Autofill, 'matches'> & { readonly values: readonly string[] }>;
}
