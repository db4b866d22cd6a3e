import type { Question } from '../endpoint.ts';
import { findingOf, fine, problem, type Remark, warning } from '../finding.ts';
import { type Body, isSignedUp, type Reply, type Silence } from '../reply.ts';
import { answerOf, wordsOf } from '../words.ts';
import type { Check, Run } from './check.ts';

/** A request that has to be refused. */
interface Refusal {
  code: string;
  /** Completes "… is refused with". */
  what: string;
  ask: (body: Body, run: Run) => Omit<Question, 'what'>;
  /** The status of the contract, and others that say the same. */
  expects: readonly [status: number, ...alike: number[]];
  /** The `code` of the contract. */
  says?: string;
  /** When it is signed up or accepted instead. */
  accepted: 'problem' | 'warning';
  advice: string;
}

const LARGE_CHARACTERS = 200_000;

const without = (field: 'userName' | 'password' | 'language') => (body: Body) => ({
  body: { ...body, [field]: undefined },
});

const REFUSALS: readonly Refusal[] = [
  ...(['userName', 'password', 'language'] as const).map(
    (field): Refusal => ({
      code: `missing_${snakeCase(field)}`,
      what: `A request without ${field}`,
      ask: without(field),
      expects: [400, 422],
      says: `${snakeCase(field)}_required`,
      accepted: field === 'language' ? 'warning' : 'problem',
      advice: `Refuse a request without ${field} with 400 and the code ${snakeCase(field)}_required.`,
    }),
  ),
  {
    code: 'empty_password',
    what: 'An empty password',
    ask: (body) => ({ body: { ...body, password: '' } }),
    expects: [400, 422],
    says: 'password_required',
    accepted: 'problem',
    advice: 'Refuse it with 400 and the code password_required.',
  },
  {
    code: 'short_password',
    what: 'A password of one letter',
    ask: (body) => ({ body: { ...body, password: 'a' } }),
    expects: [400, 422],
    says: 'password_too_short',
    accepted: 'warning',
    advice: 'Refuse it with 400 and the code password_too_short, unless you mean to allow it.',
  },
  {
    code: 'wrong_key',
    what: 'A wrong X-Api-Key',
    ask: (body, { endpoint: { key } }) => ({ body, key: `${key.slice(0, -1)}${key.endsWith('x') ? 'y' : 'x'}` }),
    expects: [401, 403],
    says: 'invalid_api_key',
    accepted: 'problem',
    advice:
      'Compare X-Api-Key with your key, whole and in constant time, and answer 401: anybody can call this address.',
  },
  {
    code: 'no_key',
    what: 'A request without X-Api-Key',
    ask: (body) => ({ body, key: undefined }),
    expects: [401, 403],
    says: 'invalid_api_key',
    accepted: 'problem',
    advice: 'Answer 401 before anything else: anybody can call this address.',
  },
  {
    code: 'invalid_json',
    what: 'A body that is not JSON',
    // As in the contract’s own example: `\#` is not JSON.
    ask: (body) => ({ body, text: JSON.stringify(body).replace('#', '\\#') }),
    expects: [400],
    says: 'invalid_json',
    accepted: 'warning',
    advice: 'Refuse it with 400 and the code invalid_json.',
  },
  {
    code: 'not_an_object',
    what: 'JSON that is no object',
    ask: (body) => ({ body, text: JSON.stringify([body]) }),
    expects: [400, 422],
    accepted: 'warning',
    advice: 'Refuse it with 400.',
  },
  {
    code: 'wrong_type',
    what: 'A userName that is no text',
    ask: (body) => ({ body, text: JSON.stringify({ ...body, userName: { $ne: null } }) }),
    expects: [400, 422],
    accepted: 'problem',
    advice:
      'Check that every field is a string before it gets into a query: an object can change what the query means.',
  },
  {
    code: 'content_type',
    what: 'A form instead of JSON',
    ask: (body) => ({
      body,
      text: new URLSearchParams(body as Record<string, string>).toString(),
      contentType: 'application/x-www-form-urlencoded',
    }),
    expects: [415, 400],
    accepted: 'warning',
    advice: 'Refuse it with 415: pages of other sites can post forms, and cannot post JSON.',
  },
  {
    code: 'large_body',
    what: `A body of ${LARGE_CHARACTERS / 1000} KB`,
    ask: (body) => ({ body: { ...body, firstName: 'x'.repeat(LARGE_CHARACTERS) } }),
    expects: [413, 400, 422],
    accepted: 'warning',
    advice: 'Limit bodies to a few kilobytes, and refuse larger ones with 413.',
  },
];

/** Each request is one of somebody new, so that it is not refused for another reason. Right endpoints sign nobody up by them. */
export const refusals: Check = {
  codes: [...REFUSALS.map(({ code }) => code), 'get'],
  async run(run) {
    const findings = [];
    for (const refusal of REFUSALS) {
      const question = { what: refusal.what, ...refusal.ask(run.people.next(), run) };
      findings.push(findingOf(refusal.code, [judgeRefusal(refusal, await run.endpoint.ask(question))]));
    }
    const get = await run.endpoint.ask({ what: 'GET', method: 'GET' });
    return [...findings, findingOf('get', [judgeGet(get)])];
  },
};

function judgeRefusal(
  { code: subject, what, expects, says, accepted, advice }: Refusal,
  answer: Reply | Silence,
): Remark {
  if (answer.outcome === 'silent') {
    // Whoever stops reading a body that is too large closes the connection, and some do it before they have answered.
    if (subject === 'large_body' && answer.reason === 'broken') {
      return warning(`${what} ends the connection, without an answer.`, advice);
    }
    return wordsOf(answer);
  }
  const { status, code } = answer;
  if (isSignedUp(answer)) {
    return { level: accepted, message: `${what} was answered with ${status}, as if all were well.`, advice };
  }
  if (status >= 500) {
    return problem(`${what} was answered with ${answerOf(answer)}, which the platform takes for an outage.`, advice);
  }
  if (!expects.includes(status)) {
    const level = status < 400 ? 'problem' : 'warning';
    return { level, message: `${what} was answered with ${answerOf(answer)}, and not with ${expects[0]}.`, advice };
  }
  if (says !== undefined && code !== undefined && code !== says) {
    return fine(`${what} is refused with ${answerOf(answer)}. The contract’s own code for it is ${says}.`);
  }
  return fine(`${what} is refused with ${answerOf(answer)}.`);
}

function judgeGet(answer: Reply | Silence): Remark {
  if (answer.outcome === 'silent') return wordsOf(answer);
  const { status } = answer;
  const advice = 'Take POST only, and answer 405 with the header Allow: POST.';
  if (status >= 500) return problem(`GET was answered with ${answerOf(answer)}.`, advice);
  if (status < 400) return warning(`GET was answered with ${answerOf(answer)}.`, advice);
  return fine(`GET is refused with ${answerOf(answer)}.`);
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
