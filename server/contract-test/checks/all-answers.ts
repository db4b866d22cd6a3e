import type { Endpoint } from '../endpoint.ts';
import { type Finding, findingOf, fine, problem, type Remark, warning } from '../finding.ts';
import type { Reply } from '../reply.ts';

/** The platform shows this much of a message. */
const MAX_MESSAGE_CHARACTERS = 500;
/** After this, a person begins to doubt. */
const SLOW_MS = 3_000;
/** Shorter ones occur by chance. */
const MIN_SECRET_LENGTH = 6;

/** What only a program that failed says. */
const TRACES = [
  /Traceback \(most recent call last\)/,
  /\n\s{1,8}at [\w$.<>]{1,200}\s?\(/,
  /\bgoroutine \d{1,9} \[/,
  /\.(php|py|rb|java|go|js|ts|cs)(:| on line |", line )\d/,
  /\b(SQLSTATE|SQLITE_[A-Z]|ORA-\d{5}|ER_DUP_ENTRY)/,
  /duplicate key value violates/,
  /\b(Exception|PDOException|NullPointerException)\b/,
];

export const CODES_OF_ALL_ANSWERS = ['error_messages', 'answer_type', 'secrets', 'internals', 'speed'] as const;

/** What is said of all answers together, after everything was asked. */
export function judgeAllAnswers({ exchanges, key }: Endpoint): Finding[] {
  const remarks = (judge: (reply: Reply, what: string, secrets: readonly string[]) => Remark | undefined) =>
    exchanges.flatMap(({ question, reply }) => {
      const password = question.body?.password ?? '';
      const secrets = [key, password].filter((secret) => secret.length >= MIN_SECRET_LENGTH);
      return judge(reply, question.what, secrets) ?? [];
    });
  const finding = (code: (typeof CODES_OF_ALL_ANSWERS)[number], found: readonly Remark[], otherwise: string) =>
    findingOf(code, found.length > 0 ? [summaryOf(found)] : [fine(otherwise)]);
  return [
    finding('error_messages', remarks(judgeMessage), 'Every refusal has a message for the person.'),
    finding('answer_type', remarks(judgeType), 'Every answer is JSON in UTF-8, and says so.'),
    finding('secrets', remarks(judgeSecrets), 'No answer repeats the key or a password.'),
    finding('internals', remarks(judgeInternals), 'No answer shows how the program works.'),
    finding('speed', remarks(judgeSpeed), slowestOf(exchanges.map(({ reply }) => reply))),
  ];
}

/** The worst of them, and how many there are. */
function summaryOf(found: readonly Remark[]): Remark {
  const worst = found.find(({ level }) => level === 'problem') ?? (found[0] as Remark);
  const others = found.length - 1;
  return others === 0
    ? worst
    : {
        ...worst,
        message: `${worst.message} ${others} more ${others === 1 ? 'answer has' : 'answers have'} a fault of this kind.`,
      };
}

/** Answers to people, and those that only a program sees. */
function judgeMessage(reply: Reply, what: string): Remark | undefined {
  if (reply.status < 400) return undefined;
  const advice =
    'Answer {"message": "…", "code": "…"}, with a message for the person on the screen. Without one, the popup can only say that it failed.';
  if (reply.message === undefined) {
    const isForPeople = reply.status === 409 || reply.status === 400 || reply.status === 422;
    return (isForPeople ? problem : warning)(`The answer ${reply.status} to ${quoted(what)} has no message.`, advice);
  }
  if (reply.code === undefined) {
    return warning(
      `The answer ${reply.status} to ${quoted(what)} has no code.`,
      'Add a code, by which programs know the case.',
    );
  }
  if ([...reply.message].length > MAX_MESSAGE_CHARACTERS) {
    return warning(
      `A message is longer than ${MAX_MESSAGE_CHARACTERS} characters, and is cut.`,
      'Write one or two sentences.',
    );
  }
  return /<\/?[a-z]|&(amp|lt|gt|quot|#\d{1,7});/i.test(reply.message)
    ? warning(
        `The message to ${quoted(what)} has markup.`,
        'Write plain text: the popup shows tags as they are written.',
      )
    : undefined;
}

function judgeType(reply: Reply, what: string): Remark | undefined {
  if (reply.isCut) return problem(`The answer to ${quoted(what)} has more than 64 KB.`, 'Answer with the user alone.');
  if (reply.status >= 300 && reply.status < 400) return undefined;
  const type = reply.header('content-type') ?? '';
  if (reply.json === undefined) {
    return warning(
      `The answer ${reply.status} to ${quoted(what)} is no JSON object.`,
      'Answer errors in JSON, too, whichever part of the program makes them.',
    );
  }
  if (!/^application\/([\w.-]{1,60}\+)?json\b/i.test(type)) {
    return warning(`The answer to ${quoted(what)} has the Content-Type ${quoted(type)}.`, 'Say application/json.');
  }
  const [, charset = 'utf-8'] = /charset="?([\w-]{1,40})/i.exec(type) ?? [];
  if (charset.toLowerCase() !== 'utf-8') return problem(`An answer is in ${charset}.`, 'JSON is UTF-8, always.');
  return reply.text.includes('\ufffd') ? problem('An answer is not UTF-8.', 'JSON is UTF-8, always.') : undefined;
}

function judgeSecrets(reply: Reply, what: string, secrets: readonly string[]): Remark | undefined {
  const headers = ['x-api-key', 'location', 'set-cookie'].map((name) => reply.header(name) ?? '');
  const said = [reply.text, ...headers].join('\n');
  return secrets.some((secret) => said.includes(secret) || said.includes(JSON.stringify(secret).slice(1, -1)))
    ? problem(
        `The answer ${reply.status} to ${quoted(what)} repeats the password or the key.`,
        'Never write a password anywhere. Answers get into logs.',
      )
    : undefined;
}

function judgeInternals(reply: Reply, what: string): Remark | undefined {
  return TRACES.some((trace) => trace.test(reply.text))
    ? problem(
        `The answer ${reply.status} to ${quoted(what)} shows a stack trace, or an error of the program or its database.`,
        'Switch off the debug mode, and answer errors that you did not foresee with 500 and a message that says nothing of them.',
      )
    : undefined;
}

function judgeSpeed({ tookMs }: Reply, what: string): Remark | undefined {
  if (tookMs <= SLOW_MS) return undefined;
  const advice =
    'Somebody waits in the popup, and after 8 seconds the platform gives up. Send mail and call others afterwards.';
  return warning(`The answer to ${quoted(what)} took ${tookMs / 1000} s.`, advice);
}

function slowestOf(replies: readonly Reply[]): string {
  return `The slowest answer took ${Math.max(0, ...replies.map(({ tookMs }) => tookMs)) / 1000} s.`;
}

function quoted(text: string): string {
  return `“${text.slice(0, 100)}”`;
}
