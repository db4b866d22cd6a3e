import type { z } from 'zod';

/** Says for developers, in English, what is wrong with the parameters of a request: "state: at most 512 characters". */
export function explainProblem({ issues }: z.ZodError): string {
  return issues.map((issue) => `${issue.path.join('.')}: ${wordsOf(issue)}`).join('; ');
}

function wordsOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return 'must not be empty';
    case 'too_big':
      return `at most ${issue.maximum} characters`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => `"${String(value)}"`).join(' or ')}`;
    default:
      // Of a query, what is no text is missing or there more than once.
      return issue.input === undefined ? 'required' : 'must be given once';
  }
}
