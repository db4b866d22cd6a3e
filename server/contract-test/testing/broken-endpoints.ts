import { setTimeout as delay } from 'node:timers/promises';
import type { Level } from '../finding.ts';
import type { Answer, Asked, Fault } from './endpoint-to-test.ts';

/** An endpoint in which one thing is wrong. */
export interface BrokenEndpoint {
  fault: Fault;
  /** What has to name it. */
  finds: { code: string; level: Level; message: RegExp; advice?: RegExp };
  /** What else cannot be right then. Everything else has to be. */
  besides?: readonly string[];
}

/** Changes each answer of the right endpoint for which `when` holds. */
function bent(
  when: (answer: Answer, asked: Asked) => boolean,
  change: (answer: Answer, asked: Asked) => Partial<Answer>,
): Fault {
  return async (asked, right) => {
    const answer = await right();
    return when(answer, asked) ? { ...answer, ...change(answer, asked) } : answer;
  };
}

const json = (value: unknown) => JSON.stringify(value);
const bodyOf = ({ body }: Pick<Answer, 'body'>) => JSON.parse(body) as Record<string, string>;
const isMade = ({ status }: Answer) => status === 201;
const hasStatus = (status: number) => (answer: Answer) => answer.status === status;
const always = () => true;
const made = (change: (user: Record<string, string>) => object) =>
  bent(isMade, (answer) => ({ body: json(change(bodyOf(answer))) }));
/** Signs up instead of refusing. */
const lenient = (code: string, status = 201) =>
  bent(
    (answer) => answer.status >= 400 && bodyOf(answer)['code'] === code,
    () => ({ status, body: json({ id: `x-${crypto.randomUUID()}` }) }),
  );
const sent = ({ body }: Asked): Record<string, string> => {
  try {
    return JSON.parse(body) as Record<string, string>;
  } catch {
    return {};
  }
};
/** Fails for what it is asked. */
const failing = (when: (body: Record<string, string>) => boolean, status = 500): Fault =>
  bent(
    (_answer, asked) => when(sent(asked)),
    () => ({ status, body: json({ message: 'It failed.', code: 'failed' }) }),
  );
/** Makes another of a right request, before the right endpoint sees it. */
const changing =
  (change: (body: Record<string, string>) => object): Fault =>
  async (asked, right) =>
    right({ body: json(change(sent(asked))) });

export const BROKEN_ENDPOINTS: Readonly<Record<string, BrokenEndpoint>> = {
  'answers 200 instead of 201': {
    fault: bent(isMade, () => ({ status: 200 })),
    finds: { code: 'sign_up', level: 'problem', message: /answered with 200/, advice: /Answer 201/ },
  },
  'refuses the right key': {
    fault: bent(always, () => ({ status: 401, body: json({ message: 'No.', code: 'invalid_api_key' }) })),
    finds: {
      code: 'sign_up',
      level: 'problem',
      message: /401 \(invalid_api_key\)/,
      advice: /the key that the endpoint expects/,
    },
  },
  'is not at this path': {
    fault: bent(always, () => ({ status: 404, body: '<h1>Not found</h1>', headers: { 'content-type': 'text/html' } })),
    finds: { code: 'sign_up', level: 'problem', message: /answered with 404/, advice: /the path of the endpoint/ },
    besides: ['error_messages', 'answer_type'],
  },
  redirects: {
    fault: bent(always, () => ({ status: 308, headers: { location: '/sign-up/?password=x' }, body: '' })),
    finds: { code: 'sign_up', level: 'problem', message: /308 to \/sign-up\/\./, advice: /Redirects are not followed/ },
  },
  'fails always': {
    fault: bent(always, () => ({ status: 500, body: json({ message: 'It failed.', code: 'failed' }) })),
    finds: { code: 'sign_up', level: 'problem', message: /500 \(failed\)/, advice: /log of the endpoint/ },
    besides: [
      'missing_user_name',
      'missing_password',
      'missing_language',
      'empty_password',
      'short_password',
      'wrong_key',
      'no_key',
      'invalid_json',
      'not_an_object',
      'wrong_type',
      'content_type',
      'large_body',
      'get',
    ],
  },
  'closes the connection': {
    fault: async () => undefined,
    finds: { code: 'sign_up', level: 'problem', message: /closed the connection/ },
  },
  'has no id': {
    fault: made(({ id: _id, ...rest }) => rest),
    finds: { code: 'answer', level: 'problem', message: /no id/ },
  },
  'has an empty id': {
    fault: made((user) => ({ ...user, id: ' ' })),
    finds: { code: 'answer', level: 'problem', message: /no id/ },
  },
  'wraps the user': {
    fault: made((user) => ({ data: user })),
    finds: { code: 'answer', level: 'problem', message: /no id/ },
  },
  'has an id that is too long': {
    fault: made((user) => ({ ...user, id: `${user['id']}${'x'.repeat(300)}` })),
    finds: { code: 'answer', level: 'problem', message: /255 characters/ },
  },
  'has a number for an id': {
    fault: made((user) => ({ ...user, id: Number(user['id']?.slice(2)) })),
    finds: { code: 'answer', level: 'warning', message: /is a number/ },
  },
  'takes the address for an id': {
    fault: made((user) => ({ ...user, id: user['userName'] })),
    finds: { code: 'answer', level: 'warning', message: /is the userName/ },
  },
  'answers with another name': {
    fault: made((user) => ({ ...user, firstName: 'Somebody' })),
    finds: { code: 'answer', level: 'problem', message: /another firstName/ },
    besides: ['world', 'markup', 'quotes', 'control_characters', 'emoji', 'long_names'],
  },
  'gives everybody the same id': {
    fault: made((user) => ({ ...user, id: 'u' })),
    finds: { code: 'little', level: 'problem', message: /Two people got the same id/ },
  },
  'forgets the Idempotency-Key': {
    fault: (asked, right) => right({ headers: { ...asked.headers, 'idempotency-key': crypto.randomUUID() } }),
    finds: { code: 'repeated', level: 'warning', message: /409 \(user_exists\)/, advice: /Keep the Idempotency-Key/ },
  },
  'makes two users of a repetition': {
    fault: made((user) => ({ ...user, id: crypto.randomUUID() })),
    finds: { code: 'repeated', level: 'problem', message: /second user/ },
  },
  'signs up the same person again': {
    fault: lenient('user_exists'),
    finds: { code: 'same_person', level: 'problem', message: /as a second user/, advice: /user_exists/ },
    besides: ['same_person_other_case', 'at_once'],
  },
  'lets a stranger into the account': {
    fault: bent(hasStatus(409), () => ({ status: 200, body: json({ id: 'u-1' }) })),
    finds: { code: 'same_person', level: 'problem', message: /into the same account/ },
    besides: ['same_person_other_case', 'at_once'],
  },
  'says 400 to the same person': {
    fault: bent(hasStatus(409), () => ({ status: 400 })),
    finds: { code: 'same_person', level: 'warning', message: /400 \(user_exists\)/, advice: /Answer 409/ },
  },
  'has another code for the same person': {
    fault: bent(hasStatus(409), (answer) => ({ body: json({ ...bodyOf(answer), code: 'DUPLICATE' }) })),
    finds: { code: 'same_person', level: 'warning', message: /409 \(DUPLICATE\)/ },
  },
  'tells capital letters apart': {
    fault: bent(
      ({ status }, asked) => status === 409 && /[A-Z]/.test(sent(asked)['userName'] ?? ''),
      () => ({
        status: 201,
        body: json({ id: 'another' }),
      }),
    ),
    finds: { code: 'same_person_other_case', level: 'warning', message: /capital letters made a second user/ },
  },
  'makes two users at once': {
    fault: bent(
      ({ status }, asked) => status === 409 && sent(asked)['firstName'] !== 'John',
      () => ({
        status: 201,
        body: json({ id: 'another' }),
      }),
    ),
    finds: { code: 'at_once', level: 'problem', message: /made two users/, advice: /unique index/ },
  },
  'fails for two at once': {
    fault: bent(
      ({ status }, asked) => status === 409 && sent(asked)['firstName'] !== 'John',
      () => ({ status: 500 }),
    ),
    finds: { code: 'at_once', level: 'problem', message: /one was answered with 500/ },
  },
  'needs no key': {
    fault: (asked, right) => right({ headers: { ...asked.headers, 'x-api-key': 'the-key-of-the-tests-1' } }),
    finds: { code: 'no_key', level: 'problem', message: /as if all were well/, advice: /Answer 401/ },
    besides: ['wrong_key'],
  },
  'compares the beginning of the key': {
    fault: (asked, right) => {
      const key = asked.headers['x-api-key'];
      return right({ headers: { ...asked.headers, ...(key && { 'x-api-key': 'the-key-of-the-tests-1' }) } });
    },
    finds: {
      code: 'wrong_key',
      level: 'problem',
      message: /as if all were well/,
      advice: /whole and in constant time/,
    },
  },
  'says 404 to a wrong key': {
    fault: bent(hasStatus(401), () => ({ status: 404 })),
    finds: { code: 'wrong_key', level: 'warning', message: /404 .* not with 401/ },
    besides: ['no_key'],
  },
  'needs no userName': {
    fault: lenient('user_name_required'),
    finds: { code: 'missing_user_name', level: 'problem', message: /as if all were well/ },
    besides: ['wrong_type'],
  },
  'needs no password': {
    fault: lenient('password_required'),
    finds: { code: 'missing_password', level: 'problem', message: /as if all were well/ },
    besides: ['empty_password'],
  },
  'needs no language': {
    fault: lenient('language_required'),
    finds: { code: 'missing_language', level: 'warning', message: /as if all were well/ },
  },
  'takes every password': {
    fault: lenient('password_too_short'),
    finds: { code: 'short_password', level: 'warning', message: /one letter/ },
  },
  'fails without a password': {
    fault: failing(({ password }) => password === undefined),
    finds: { code: 'missing_password', level: 'problem', message: /takes for an outage/ },
    besides: ['invalid_json', 'not_an_object', 'content_type', 'get'],
  },
  'fails for what is not JSON': {
    fault: bent(
      (answer) => answer.status === 400 && bodyOf(answer)['code'] === 'invalid_json',
      () => ({ status: 500 }),
    ),
    finds: { code: 'invalid_json', level: 'problem', message: /answered with 500/, advice: /invalid_json/ },
    besides: ['not_an_object'],
  },
  'takes what is not JSON': {
    fault: lenient('invalid_json'),
    finds: { code: 'invalid_json', level: 'warning', message: /as if all were well/ },
    besides: ['not_an_object'],
  },
  'takes an object for a name': {
    fault: bent(
      (_answer, { body }) => body.includes('$ne'),
      () => ({ status: 201, body: json({ id: 'first' }) }),
    ),
    finds: { code: 'wrong_type', level: 'problem', message: /no text/, advice: /into a query/ },
  },
  'takes an empty password': {
    fault: bent(
      (_answer, asked) => sent(asked)['password'] === '',
      () => ({ status: 201, body: json({ id: 'first' }) }),
    ),
    finds: { code: 'empty_password', level: 'problem', message: /as if all were well/, advice: /password_required/ },
  },
  'fails for a list': {
    fault: bent(
      (_answer, { body }) => body.startsWith('['),
      () => ({ status: 500 }),
    ),
    finds: { code: 'not_an_object', level: 'problem', message: /no object was answered with 500/ },
  },
  'takes forms': {
    fault: lenient('unsupported_media_type'),
    finds: { code: 'content_type', level: 'warning', message: /A form/, advice: /415/ },
  },
  'takes large bodies': {
    fault: lenient('body_too_large'),
    finds: { code: 'large_body', level: 'warning', message: /200 KB/, advice: /413/ },
    besides: [],
  },
  'closes the connection for a large body': {
    fault: async (asked, right) => (asked.body.length > 100_000 ? undefined : right()),
    finds: { code: 'large_body', level: 'warning', message: /ends the connection/ },
  },
  'answers GET': {
    fault: bent(hasStatus(405), () => ({ status: 200, body: '{}' })),
    finds: { code: 'get', level: 'warning', message: /GET was answered with 200/, advice: /405/ },
  },
  'knows no language with a region': {
    fault: failing(({ language = '' }) => language.includes('-'), 400),
    finds: {
      code: 'world',
      level: 'problem',
      message: /does not take the language EN-gb: it answered 400/,
      advice: /BCP 47/,
    },
  },
  'refuses letters beyond ASCII': {
    fault: failing(({ firstName = '' }) => /\P{ASCII}/u.test(firstName) && !firstName.includes('👩'), 400),
    finds: { code: 'world', level: 'problem', message: /names with letters beyond ASCII/ },
  },
  'fails for an apostrophe': {
    fault: failing(({ lastName = '' }) => lastName.includes("'") && !lastName.includes('DROP')),
    finds: { code: 'world', level: 'problem', message: /an apostrophe in a name/, advice: /as parameters/ },
  },
  'loses letters': {
    fault: made(({ firstName = '', ...user }) => ({ ...user, firstName: Buffer.from(firstName).toString('latin1') })),
    finds: { code: 'world', level: 'problem', message: /letters were lost/, advice: /UTF-8/ },
    besides: ['emoji'],
  },
  'refuses a language that it does not know': {
    fault: failing(({ language }) => language === 'xx', 400),
    finds: { code: 'little', level: 'problem', message: /the language xx/, advice: /Fall back/ },
  },
  'needs names': {
    fault: failing((body) => body['userName'] !== undefined && body['firstName'] === undefined, 400),
    finds: { code: 'little', level: 'problem', message: /a request without names/ },
  },
  'refuses what it does not know': {
    fault: failing((body) => 'laterAddition' in body, 400),
    finds: { code: 'little', level: 'problem', message: /a member that it does not know/, advice: /Ignore/ },
  },
  'fails for a NUL': {
    fault: failing(({ firstName = '' }) => firstName.includes('\0')),
    finds: { code: 'control_characters', level: 'problem', message: /A NUL in a name: answered with 500/ },
  },
  'fails for quotes': {
    fault: failing(({ lastName = '' }) => lastName.includes('DROP')),
    finds: { code: 'quotes', level: 'problem', message: /Quotes .* 500/ },
  },
  'fails for emoji': {
    fault: failing(({ firstName = '' }) => firstName.includes('👩')),
    finds: { code: 'emoji', level: 'problem', message: /Emoji in a name: answered with 500/ },
  },
  'fails for a long name': {
    fault: failing(({ firstName = '' }) => firstName.length === 2_000),
    finds: { code: 'long_names', level: 'problem', message: /2,000 characters: answered with 500/ },
  },
  'cuts names': {
    fault: changing(({ firstName, ...body }) => ({
      ...body,
      ...(firstName && { firstName: firstName.slice(0, 100) }),
    })),
    finds: { code: 'long_names', level: 'warning', message: /cut off/ },
    besides: ['large_body', 'not_an_object', 'invalid_json', 'content_type', 'wrong_type'],
  },
  'escapes for HTML': {
    fault: made(({ firstName = '', ...user }) => ({ ...user, firstName: firstName.replaceAll('<', '&lt;') })),
    finds: { code: 'markup', level: 'problem', message: /escaped for HTML/ },
  },
  'speaks English to everybody': {
    fault: bent(hasStatus(409), (answer) => ({ body: json({ ...bodyOf(answer), message: 'Taken.' }) })),
    finds: { code: 'languages', level: 'warning', message: /same in en, nl, de, and fr/, advice: /in `language`/ },
  },
  'has no message': {
    fault: bent(
      ({ status }) => status >= 400,
      (answer) => ({ body: json({ error: bodyOf(answer)['code'] }) }),
    ),
    finds: { code: 'error_messages', level: 'problem', message: /has no message/ },
    besides: ['languages', 'same_person'],
  },
  'has no code': {
    fault: bent(
      ({ status }) => status === 400,
      (answer) => ({ body: json({ message: bodyOf(answer)['message'] }) }),
    ),
    finds: { code: 'error_messages', level: 'warning', message: /has no code/ },
  },
  'has markup in a message': {
    fault: bent(hasStatus(409), (answer) => ({
      body: json({ ...bodyOf(answer), message: `<p>${bodyOf(answer)['message']}</p>` }),
    })),
    finds: { code: 'error_messages', level: 'warning', message: /has markup/ },
  },
  'answers JSON as HTML': {
    fault: bent(isMade, () => ({ headers: { 'content-type': 'text/html' } })),
    finds: { code: 'answer_type', level: 'warning', message: /Content-Type “text\/html”/ },
  },
  'answers in another encoding': {
    fault: bent(isMade, () => ({ headers: { 'content-type': 'application/json; charset=iso-8859-1' } })),
    finds: { code: 'answer_type', level: 'problem', message: /in iso-8859-1/ },
  },
  'answers errors as HTML': {
    fault: bent(hasStatus(401), () => ({ headers: { 'content-type': 'text/html' }, body: '<h1>Unauthorized</h1>' })),
    finds: { code: 'answer_type', level: 'warning', message: /no JSON object/ },
    besides: ['error_messages'],
  },
  'repeats the password': {
    fault: bent(isMade, (answer, asked) => ({ body: json({ ...bodyOf(answer), password: sent(asked)['password'] }) })),
    finds: { code: 'secrets', level: 'problem', message: /repeats the password or the key/ },
  },
  'repeats the key': {
    fault: bent(hasStatus(400), (answer, { headers }) => ({ body: json({ ...bodyOf(answer), headers }) })),
    finds: { code: 'secrets', level: 'problem', message: /repeats the password or the key/ },
  },
  'shows a stack trace': {
    fault: bent(hasStatus(400), (answer) => ({
      body: json({ ...bodyOf(answer), stack: new Error('It failed.').stack?.replaceAll('file://', '') }).replaceAll(
        '\\n',
        '\n',
      ),
    })),
    finds: { code: 'internals', level: 'problem', message: /stack trace/, advice: /debug mode/ },
    besides: ['error_messages', 'answer_type'],
  },
  'shows its database': {
    fault: bent(hasStatus(409), (answer) => ({
      body: json({
        ...bodyOf(answer),
        detail: 'SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry',
      }),
    })),
    finds: { code: 'internals', level: 'problem', message: /error of the program or its database/ },
  },
  'is slow': {
    fault: async (asked, right) => {
      if (asked.count === 0) await delay(3_200);
      return right();
    },
    finds: { code: 'speed', level: 'warning', message: /took 3\.[2-9] s/, advice: /gives up/ },
  },
  'compresses what must not be': {
    fault: bent(isMade, ({ headers }) => ({ headers: { ...headers, 'content-encoding': 'gzip' } })),
    finds: { code: 'sign_up', level: 'problem', message: /compressed/ },
  },
};
