/** What the generated types of messages are made of. */

/** A message that takes no values. */
export type None = Record<never, never>;

/** One of the cases that a message has words for, or anything else, which gets the words of `other`. */
export type Select<Case extends string> = Case | (string & {});

/** What becomes of the words between `<tag>` and `</tag>`. */
export type Tag<Value> = (chunks: Value[]) => Value;
