import { type Finding, findingOf, fine, problem, type Remark } from '../finding.ts';
import { newPassword } from '../people.ts';
import { type Body, isSignedUp, type Reply, type Silence } from '../reply.ts';
import { answerOf, wordsOf } from '../words.ts';
import type { Check, Run } from './check.ts';
import { mismatchOf } from './sign-up.ts';

/** Each is something that a right request may have, and the endpoint has to take. */
const WORLD: Readonly<Record<string, Body>> = {
  'names with letters beyond ASCII': { firstName: 'Zoë-Łucja', lastName: 'Ó Súilleabháin 山田 نور' },
  'an apostrophe in a name': { lastName: "O'Brien" },
  'the language EN-gb': { language: 'EN-gb' },
  'letters beyond ASCII and an emoji in the password': { password: `Größe-Ωmega-🔑-${newPassword()}` },
};

/** Somebody from elsewhere, who presses the button twice. Only when that fails is each part tried alone. */
export const fromElsewhere: Check = {
  codes: ['world', 'at_once'],
  needsFirst: true,
  async run(run) {
    const together = Object.assign({}, ...Object.values(WORLD), { lastName: "Ó Súilleabháin-O'Brien 山田" }) as Body;
    const body = run.people.next(together);
    const ask = () => run.endpoint.ask({ what: 'somebody from elsewhere', body });
    const both = await Promise.all([ask(), ask()]);
    const made = both.filter(isSignedUp);
    const [reply] = made;
    if (!reply) return [await locate(run, WORLD, both[0]), findingOf('at_once', [withoutFirst(both[0])])];
    return [findingOf('world', judgeNames(body, reply)), findingOf('at_once', [judgeBoth(both, made)])];
  },
};

function judgeNames(sent: Body, { json }: Reply): Remark[] {
  const remarks = (['firstName', 'lastName'] as const).flatMap((name) => {
    const answered = json?.[name];
    return answered === undefined || answered === sent[name] ? [] : [mismatchOf(name, sent[name] ?? '', answered)];
  });
  return remarks.length > 0 ? remarks : [fine(`It takes ${list(Object.keys(WORLD))}.`)];
}

/** Two requests for one person, each with an Idempotency-Key of its own. */
function judgeBoth(both: readonly (Reply | Silence)[], made: readonly Reply[]): Remark {
  if (made.length > 1) {
    return problem(
      new Set(made.map(({ id }) => id)).size > 1
        ? 'Two requests for one person at the same time made two users.'
        : 'Two requests for one person at the same time were both answered as if they had made the user.',
      'Let the database allow each userName once (a unique index), and answer 409 when it refuses.',
    );
  }
  const other = both.find((answer) => !isSignedUp(answer));
  if (other?.outcome === 'answered' && other.status >= 500) {
    return problem(
      `Of two requests for one person at the same time, one was answered with ${answerOf(other)}.`,
      'Answer 409 when the database refuses the second.',
    );
  }
  return other?.outcome === 'silent'
    ? wordsOf(other)
    : fine('Two requests for one person at the same time make one user.');
}

/** What makes the least of a request: no names, a language that nobody speaks, and a member that later versions may add. */
const LITTLE: Readonly<Record<string, Body>> = {
  'a request without names': { firstName: undefined, lastName: undefined },
  'the language xx, which it cannot know': { language: 'xx' },
  'a member that it does not know': { laterAddition: 'yes' },
};

export const withLittle: Check = {
  codes: ['little'],
  needsFirst: true,
  async run(run) {
    const body = run.people.next(Object.assign({}, ...Object.values(LITTLE)) as Body);
    const answer = await run.endpoint.ask({ what: 'a request with the least', body });
    if (!isSignedUp(answer)) return [{ ...(await locate(run, LITTLE, answer)), code: 'little' }];
    const isOther = answer.id !== undefined && answer.id === run.first?.reply.id;
    const same = problem('Two people got the same id.', 'Answer with another id for each user.');
    return [findingOf('little', [isOther ? same : fine(`It takes ${list(Object.keys(LITTLE))}.`)])];
  },
};

/** Tries each part alone, for somebody new each, to say which it is that is not taken. */
async function locate(run: Run, parts: Readonly<Record<string, Body>>, whole: Reply | Silence): Promise<Finding> {
  if (whole.outcome === 'silent') return findingOf('world', [wordsOf(whole)]);
  const remarks: Remark[] = [];
  for (const [what, more] of Object.entries(parts)) {
    const answer = await run.endpoint.ask({ what, body: run.people.next(more) });
    if (isSignedUp(answer)) continue;
    if (answer.outcome === 'silent') remarks.push(wordsOf(answer));
    else remarks.push(problem(`It does not take ${what}: it answered ${answerOf(answer)}.`, ADVICE[what] ?? TAKE_IT));
  }
  const all = list(Object.keys(parts));
  const together = problem(`It takes each alone, and not together: ${all}. It answered ${answerOf(whole)}.`, TAKE_IT);
  return findingOf('world', remarks.length > 0 ? remarks : [together]);
}

const TAKE_IT = 'Take it, because the contract allows it.';
const ADVICE: Readonly<Record<string, string>> = {
  'the language EN-gb':
    'A language is a BCP 47 tag in capital or small letters: fall back from the region to the language.',
  'the language xx, which it cannot know':
    'Fall back to your own language: a person whose language you do not speak can still sign up.',
  'a request without names': 'Only userName, password and language are always sent.',
  'a member that it does not know': 'Ignore what you do not know: the contract may grow.',
  'names with letters beyond ASCII': 'Names have letters of all scripts. Read and keep text as UTF-8.',
  'an apostrophe in a name': 'Names have apostrophes. Pass values to the database as parameters.',
};

function withoutFirst(answer: Reply | Silence): Remark {
  if (answer.outcome === 'silent') return wordsOf(answer);
  return { level: 'not_checked', message: `Nobody was signed up, because it answered ${answerOf(answer)}.` };
}

function list(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words);
}
