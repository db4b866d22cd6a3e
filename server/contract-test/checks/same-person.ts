import { findingOf, fine, problem, type Remark, warning } from '../finding.ts';
import { newPassword } from '../people.ts';
import { isSignedUp, type Reply, type Silence } from '../reply.ts';
import { answerOf, wordsOf } from '../words.ts';
import type { Check } from './check.ts';

/** Somebody who has an account signs up again: a new request, with another password. */
export const samePerson: Check = {
  codes: ['same_person', 'same_person_other_case'],
  needsFirst: true,
  async run({ endpoint, first }) {
    if (!first) return [];
    const { userName } = first.body;
    const again = (name: string, what: string) =>
      endpoint.ask({ what, body: { ...first.body, userName: name, password: newPassword() } });
    const exact = await again(userName, 'somebody who has an account');
    const upper = await again(userName.toUpperCase(), 'somebody who has an account, in capital letters');
    return [
      findingOf('same_person', [judgeTaken(exact, first.reply)]),
      findingOf('same_person_other_case', [judgeCase(upper)]),
    ];
  },
};

function judgeTaken(answer: Reply | Silence, before: Reply): Remark {
  if (answer.outcome === 'silent') return wordsOf(answer);
  const { status, code } = answer;
  if (isSignedUp(answer)) {
    return answer.id === before.id
      ? problem(
          'Somebody who has an account was signed up again, into the same account.',
          'Answer 409 with the code user_exists: whoever knows an address must not get into its account, or set its password.',
        )
      : problem(
          'Somebody who has an account was signed up again, as a second user.',
          'Answer 409 with the code user_exists, and let the database allow each userName once.',
        );
  }
  if (status !== 409) {
    return status >= 400 && status < 500
      ? warning(
          `Somebody who has an account was refused with ${answerOf(answer)}.`,
          'Answer 409 with the code user_exists.',
        )
      : problem(
          `Somebody who has an account was answered with ${answerOf(answer)}.`,
          'Answer 409 with the code user_exists.',
        );
  }
  return code === 'user_exists'
    ? fine('Somebody who has an account is refused with 409 user_exists.')
    : warning(
        `Somebody who has an account is refused with ${answerOf(answer)}.`,
        'Add the code user_exists, so that programs know this case.',
      );
}

function judgeCase(answer: Reply | Silence): Remark {
  if (answer.outcome === 'silent') return wordsOf(answer);
  if (isSignedUp(answer)) {
    return warning(
      'The same address in capital letters made a second user.',
      'Compare userName without regard to case: people write their address now so, now so.',
    );
  }
  return answer.status >= 500
    ? problem(
        `The same address in capital letters was answered with ${answerOf(answer)}.`,
        'Answer 409 with the code user_exists.',
      )
    : fine('The same address in capital letters is the same person.');
}
