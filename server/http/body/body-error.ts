/** Line and column, counted from 1. Columns count UTF-16 code units, as editors do. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** What can be wrong with a body, and its status. Each contract answers with a code and words of its own. */
const STATUS = {
  /** It stopped before its announced end. */
  incomplete: 400,
  /** Its bytes are not UTF-8. */
  not_utf8: 400,
  invalid_json: 400,
  /** It is not a form of the announced type. */
  invalid_form: 400,
  too_large: 413,
  unsupported_coding: 415,
  unsupported_charset: 415,
  unsupported_type: 415,
} as const;

export type BodyProblem = keyof typeof STATUS;

/** A body that was refused before any schema saw it. Its message is for developers, and never quotes the body, which may be a secret. */
export class BodyError extends Error {
  override name = 'BodyError';
  readonly problem: BodyProblem;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body goes wrong, if that is one place in a text. */
  readonly position: TextPosition | undefined;

  constructor(
    problem: BodyProblem,
    message: string,
    more: { headers?: Record<string, string>; position?: TextPosition | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.problem = problem;
    this.statusCode = STATUS[problem];
    this.headers = more.headers ?? {};
    this.position = more.position;
  }
}

/** @param name of the field that is not UTF-8; undefined when it is the name that is not */
export function fieldNotUtf8(name: string | undefined): BodyError {
  const what = name === undefined ? 'The name of a field' : `The field "${name}"`;
  return new BodyError('not_utf8', `${what} is not UTF-8. Send UTF-8 only.`);
}
