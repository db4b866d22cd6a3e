import { findingOf, fine, problem, type Remark, warning } from '../finding.ts';
import { type Body, isSignedUp, type Reply, type Silence } from '../reply.ts';
import { answerOf, wordsOf } from '../words.ts';
import type { Check } from './check.ts';
import { mismatchOf } from './sign-up.ts';

/** Values that endpoints stumble over. They may be taken or refused, and must neither break anything nor become something else. */
const VALUES: Readonly<Record<string, { what: string; body: Body }>> = {
  markup: { what: 'Markup in a name', body: { firstName: '<b>Ada</b>', lastName: '<script>alert(1)</script>' } },
  quotes: {
    what: 'Quotes and the like in a name',
    body: { firstName: `"Ada"'--`, lastName: `'; DROP TABLE users; -- \${7*7} {{7*7}} %s` },
  },
  control_characters: { what: 'A NUL in a name', body: { firstName: 'Ada\u0000', lastName: 'Love\u0007lace' } },
  emoji: { what: 'Emoji in a name', body: { firstName: '👩‍👩‍👧', lastName: 'Love🔑lace' } },
  long_names: { what: 'A name of 2,000 characters', body: { firstName: 'x'.repeat(2_000) } },
};

export const hostile: Check = {
  codes: Object.keys(VALUES),
  needsFirst: true,
  async run({ endpoint, people }) {
    const findings = [];
    for (const [code, { what, body }] of Object.entries(VALUES)) {
      const sent = people.next(body);
      findings.push(findingOf(code, judge(what, sent, await endpoint.ask({ what, body: sent }))));
    }
    return findings;
  },
};

function judge(what: string, sent: Body, answer: Reply | Silence): Remark[] {
  if (answer.outcome === 'silent') return [wordsOf(answer)];
  if (answer.status >= 500) {
    const advice = 'Refuse with 400 what you cannot keep, before it gets to the database.';
    return [problem(`${what}: answered with ${answerOf(answer)}.`, advice)];
  }
  if (!isSignedUp(answer)) {
    return answer.status >= 400
      ? [fine(`${what}: refused with ${answerOf(answer)}.`)]
      : [warning(`${what}: answered with ${answerOf(answer)}.`, 'Sign the person up, or refuse with 400.')];
  }
  const changed = (['firstName', 'lastName'] as const).flatMap((name) => {
    const answered = answer.json?.[name];
    return answered === undefined || answered === sent[name] ? [] : [mismatchOf(name, sent[name] ?? '', answered)];
  });
  return changed.length > 0 ? changed : [fine(`${what}: taken unchanged.`)];
}
