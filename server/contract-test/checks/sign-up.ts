import { type Finding, findingOf, fine, problem, type Remark, warning } from '../finding.ts';
import { type Body, isSignedUp, type Reply } from '../reply.ts';
import { answerOf, wordsOf } from '../words.ts';
import type { Check, Run } from './check.ts';

const MAX_ID_LENGTH = 255;

/** The request of the contract, by somebody new. Everything else follows from it. */
export const signUp: Check = {
  codes: ['sign_up', 'answer'],
  async run(run) {
    const body = run.people.next();
    const idempotencyKey = crypto.randomUUID();
    const what = 'a right request';
    const answer = await run.endpoint.ask({ what, body, idempotencyKey });
    if (answer.outcome === 'silent') return [findingOf('sign_up', [wordsOf(answer)])];
    if (!isSignedUp(answer)) return [findingOf('sign_up', [refusalOf(answer)])];
    run.first = { body, idempotencyKey, reply: answer };
    const status =
      answer.status === 201
        ? fine('A right request is answered with 201.')
        : problem(`A right request was answered with ${answer.status}.`, 'Answer 201 for somebody who was signed up.');
    return [findingOf('sign_up', [status]), judgeUser(body, answer)];
  },
};

function refusalOf(reply: Reply): Remark {
  const { status } = reply;
  const said = `A right request, with new names and the key that you gave, was answered with ${answerOf(reply)}.`;
  if (status >= 300 && status < 400) {
    return problem(said, 'Redirects are not followed: name the address that answers. Does a slash at its end matter?');
  }
  if (status === 401 || status === 403) {
    return problem(
      said,
      'Is it the key that the endpoint expects in the header X-Api-Key? Does a firewall or a log-in page come first?',
    );
  }
  if (status === 404 || status === 405)
    return problem(said, 'Is this the path of the endpoint, and does it take POST?');
  if (status === 415) return problem(said, 'Take JSON with the Content-Type application/json.');
  if (status >= 500) return problem(said, 'Look into the log of the endpoint: its program failed.');
  return problem(
    said,
    'Which rule of yours does it break? It has an email address, a password of 22 characters and the language en.',
  );
}

/** What the answer says of the user. */
export function judgeUser(sent: Body, { id, json }: Reply): Finding {
  const remarks: Remark[] = [];
  if (id === undefined) {
    remarks.push(
      problem('The answer has no id.', 'Answer {"id": "…"} with your own id of the user, as a JSON object.'),
    );
  } else {
    if (typeof json?.['id'] === 'number') {
      remarks.push(
        warning('The id is a number.', 'Write it as a string, because large numbers lose digits on the way.'),
      );
    }
    if ([...id].length > MAX_ID_LENGTH || /\p{Cc}/u.test(id)) {
      remarks.push(problem('The id is longer than 255 characters, or has control characters.', 'Choose a shorter id.'));
    }
    if (id.toLowerCase() === sent.userName?.toLowerCase()) {
      remarks.push(warning('The id is the userName.', 'Choose an id that stays when somebody’s address changes.'));
    }
  }
  for (const name of ['userName', 'firstName', 'lastName'] as const) {
    const answered = json?.[name];
    if (answered === undefined || answered === null || answered === sent[name]) continue;
    remarks.push(mismatchOf(name, sent[name] ?? '', answered));
  }
  return findingOf(
    'answer',
    remarks.length > 0 ? remarks : [fine('It answers with an id of its own, and with the names as they were sent.')],
  );
}

/** A name that comes back in another form. */
export function mismatchOf(name: string, sent: string, answered: unknown): Remark {
  const said = `The answer has another ${name} than was sent`;
  if (typeof answered !== 'string') return problem(`${said}: it is no text.`, 'Answer with a string, or leave it out.');
  if (answered.normalize() === sent.normalize())
    return warning(`${said}: its letters are composed otherwise.`, 'Keep it as sent.');
  if (answered.toLowerCase() === sent.toLowerCase()) {
    return warning(`${said}: capital letters differ.`, 'Keep it as sent, and compare without regard to case.');
  }
  if (/&(amp|lt|gt|quot|#\d+);/.test(answered)) {
    return problem(`${said}: it is escaped for HTML.`, 'Keep the text as sent, and escape it where a page shows it.');
  }
  if (sent.startsWith(answered)) return warning(`${said}: it was cut off.`, 'Keep it whole, or refuse it with 400.');
  if (answered.includes('\ufffd') || answered.includes('?') || answered.includes('Ã')) {
    return problem(
      `${said}: letters were lost.`,
      'Read and keep text as UTF-8, in the database and in its connection too.',
    );
  }
  return problem(`${said}.`, 'Answer with what was sent, or leave it out.');
}

/** The same request once more, as after a broken connection. */
export const repeated: Check = {
  codes: ['repeated'],
  needsFirst: true,
  async run({ endpoint, first }: Run) {
    if (!first) return [];
    const { body, idempotencyKey, reply } = first;
    const answer = await endpoint.ask({ what: 'the same request with the same Idempotency-Key', body, idempotencyKey });
    const remark = (): Remark => {
      if (answer.outcome === 'silent') return wordsOf(answer);
      if (isSignedUp(answer) && answer.id === reply.id) {
        return fine('The same request with the same Idempotency-Key gets the same answer, and makes no second user.');
      }
      if (isSignedUp(answer)) {
        return problem(
          'The same request with the same Idempotency-Key made a second user.',
          'Keep the Idempotency-Key with the user for a day, and answer its repetition as the first time.',
        );
      }
      return warning(
        `The same request with the same Idempotency-Key was answered with ${answerOf(answer)}.`,
        'After a broken connection the platform asks again, and this answer tells somebody who was signed up that they were not. ' +
          'Keep the Idempotency-Key, and answer as the first time.',
      );
    };
    return [findingOf('repeated', [remark()])];
  },
};
