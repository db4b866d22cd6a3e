/** What is wrong with one variable. */
export interface Problem {
  readonly name: string;
  /** In words that follow the name. */
  readonly problem: string;
}

export interface Explanation {
  readonly problems: readonly Problem[];
  /** The variables as they were read. */
  readonly given: Readonly<Record<string, string>>;
  /** A right value of each variable. */
  readonly examples: Readonly<Record<string, string>>;
  /** Names of the variables whose values nobody may read. */
  readonly secrets: ReadonlySet<string>;
  /** Sentences about what may be the cause, such as a mistyped name. */
  readonly hints?: readonly string[];
}

const MAX_SHOWN_LENGTH = 80;

/** One message for all: each wrong variable, what it got, and a right example. */
export function explainProblems({ problems, given, examples, secrets, hints = [] }: Explanation): string {
  const lines = problems.map(({ name, problem }) => {
    const value = given[name];
    const got = value === undefined ? '' : ` Got ${shown(value, secrets.has(name))}.`;
    return `  ${name}: ${problem}.${got} Example: ${name}=${examples[name] ?? ''}`;
  });
  return ['Invalid settings. Fix these environment variables:', ...lines, ...hints].join('\n');
}

/** A value on one line, without what may be a password in it. */
function shown(value: string, secret: boolean): string {
  if (secret) return `${value.length} characters, which are not shown`;
  const short = value.length > MAX_SHOWN_LENGTH ? `${value.slice(0, MAX_SHOWN_LENGTH)}…` : value;
  // Anything before an @ may be a password, because anybody may paste a URL with one into the wrong variable.
  return JSON.stringify(short.includes('@') && short.includes(':') ? short.replace(/[^@]*@/s, '***@') : short);
}
