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
