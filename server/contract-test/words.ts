import { notChecked, problem, type Remark } from './finding.ts';
import type { Reply, Silence } from './reply.ts';

const NO_ANSWER: Readonly<Record<Silence['reason'], (detail: string) => Remark>> = {
  unreachable: (protocol) =>
    protocol === 'http:'
      ? problem(
          'No answer came within 8 seconds.',
          'Does a program listen there, and does its log show the request? ' +
            'Over http it cannot be told whether nobody listens, the connection is closed, or the answer takes too long.',
        )
      : problem(
          'Nobody was reached at this address within three seconds.',
          'Is the name in the public DNS, the port open to the internet, and TLS on it? The platform calls no private network.',
        ),
  certificate: (code) =>
    problem(
      `Its certificate is not valid (${code}), so nothing was sent.`,
      'Install a certificate for this name with its whole chain, and renew it in time.',
    ),
  address: (reason) => problem(ADDRESSES[reason] ?? `The platform does not call this address (${reason}).`, USE_HTTPS),
  timeout: () =>
    problem(
      'It did not answer within 8 seconds, for which the platform waits.',
      'Answer first, and do what takes long, such as sending mail, afterwards.',
    ),
  broken: () =>
    problem(
      'It closed the connection instead of answering.',
      'Look into the log of the endpoint, and of the proxy before it: a program may have crashed.',
    ),
  coding: () =>
    problem(
      'Its answer is compressed, although the request says that it must not be.',
      'Compress only what Accept-Encoding allows.',
    ),
  limited: () =>
    notChecked('It answered 429 each time, so that this could not be seen. Let the test run later, or limit it less.'),
  dead: () => notChecked('It had left three requests in a row without an answer.'),
  'no time': () => notChecked('There was no time left.'),
};

const USE_HTTPS =
  'Name an https address on the public internet, without a user name in it. On this machine, http will do.';
const ADDRESSES: Readonly<Record<string, string>> = {
  https: 'The address is http, and a password would travel for everybody to read.',
  credentials: 'The address has a user name in it.',
  not_public: 'The address is in a private network, which the platform does not call.',
  port: 'The platform does not call this port.',
};

/** Why there is no answer, and what to do. */
export function wordsOf({ reason, detail = '' }: Silence): Remark {
  return NO_ANSWER[reason](detail);
}

/** `201`, `409 (user_exists)`, or `302 to https://…`, without a query, in which a password may be. */
export function answerOf({ status, code, header }: Reply): string {
  const location = header('location');
  if (status >= 300 && status < 400 && location) return `${status} to ${location.replace(/[?#].*/s, '').slice(0, 200)}`;
  // Whatever else stands there is no code, and may be anything.
  return code !== undefined && /^[\w.-]{1,60}$/.test(code) ? `${status} (${code})` : String(status);
}
