import { CODES_OF_ALL_ANSWERS, judgeAllAnswers } from './checks/all-answers.ts';
import type { Check, Run } from './checks/check.ts';
import { hostile } from './checks/hostile.ts';
import { languages } from './checks/languages.ts';
import { fromElsewhere, withLittle } from './checks/others.ts';
import { refusals } from './checks/refusals.ts';
import { samePerson } from './checks/same-person.ts';
import { repeated, signUp } from './checks/sign-up.ts';
import { Endpoint, type EndpointOptions, type MadeUser } from './endpoint.ts';
import { type Finding, findingOf, notChecked } from './finding.ts';
import { People } from './people.ts';

/** In the order in which they are made: each may rely on the first, and on nothing else. */
const CHECKS: readonly Check[] = [
  signUp,
  repeated,
  samePerson,
  refusals,
  fromElsewhere,
  withLittle,
  hostile,
  languages,
];

export const CODES: readonly string[] = [...CHECKS.flatMap(({ codes }) => codes), ...CODES_OF_ALL_ANSWERS];

export interface ContractReport {
  /** Whether nothing breaks the contract. Warnings do not count. */
  passed: boolean;
  /** One for each of {@link CODES}, in their order. */
  findings: readonly Finding[];
  /** Whom the endpoint signed up, for the vendor to delete. */
  users: readonly MadeUser[];
  /** How many requests were sent. */
  calls: number;
  seconds: number;
}

/**
 * Tries an endpoint of the embedded sign-up contract with everything that a platform may send it, and much that it must refuse. One request
 * after the other, but for one pair. An endpoint that does everything right is left with at most eight test users.
 *
 * @param mailDomain of the test people's addresses. It should be nobody's
 */
export async function testContract(options: EndpointOptions & { mailDomain: string }): Promise<ContractReport> {
  const startedAtMs = performance.now();
  const endpoint = new Endpoint(options);
  const run: Run = { endpoint, people: new People(options.mailDomain) };
  const findings: Finding[] = [];
  for (const check of CHECKS) findings.push(...complete(check, await findingsOf(check, run)));
  if (endpoint.exchanges.length > 0) findings.push(...judgeAllAnswers(endpoint));
  else findings.push(...CODES_OF_ALL_ANSWERS.map((code) => findingOf(code, [notChecked('There was no answer.')])));
  return {
    passed: !findings.some(({ level }) => level === 'problem'),
    findings,
    users: endpoint.users,
    calls: endpoint.calls,
    seconds: Math.round((performance.now() - startedAtMs) / 100) / 10,
  };
}

/** Nothing more is sent to an endpoint that nobody reached, or that takes no key. */
async function findingsOf(check: Check, run: Run): Promise<Finding[]> {
  const isFirst = check === signUp;
  const [answer] = run.endpoint.exchanges;
  const isKnown = run.first !== undefined || (answer !== undefined && isAtWork(answer.reply.status));
  return isFirst || (isKnown && !(check.needsFirst && !run.first)) ? check.run(run) : [];
}

/** Whether what answers is the endpoint: not a missing page, a redirect, a limit, or a refusal of the key. */
function isAtWork(status: number): boolean {
  return status >= 400 && ![401, 403, 404, 405, 429].includes(status);
}

function complete({ codes }: Check, findings: readonly Finding[]): Finding[] {
  const none = (code: string) => findingOf(code, [notChecked('A right request was not answered with 201.')]);
  return codes.map((code) => findings.find((finding) => finding.code === code) ?? none(code));
}
