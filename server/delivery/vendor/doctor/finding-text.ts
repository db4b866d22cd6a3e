import type { Language } from '@signup-with-platform/messages';
import { ENVIRONMENTS, FINDING_TEXTS, type Finding, type FindingCode } from '@signup-with-platform/protocol';
import { isolateLeftToRight } from '#pages/text.ts';
import { reasonText } from './reason-text.ts';

type Texts = typeof FINDING_TEXTS;
type WithRemedy = { [Code in FindingCode]: Texts[Code] extends { remedy: string } ? Code : never }[FindingCode];

export interface SaidFinding {
  title: unknown;
  /** Undefined when there is nothing to do. */
  remedy: unknown;
}

/** A finding in the words of a language. */
export function findingText(language: Language, { code, facts }: Finding): SaidFinding {
  const values = valuesOf(language, facts);
  return {
    title: language.t.rich(`vendor.doctor.findings.${code}.title`, values),
    remedy: hasRemedy(code) ? language.t.rich(`vendor.doctor.findings.${code}.remedy`, values) : undefined,
  };
}

function hasRemedy(code: FindingCode): code is WithRemedy {
  return 'remedy' in FINDING_TEXTS[code];
}

/**
 * Every fact that a finding may have. One that this finding lacks is undefined, because its message does not ask for it. Facts come from
 * somebody else's page, so each is shown as text, in a direction of its own.
 */
function valuesOf(language: Language, facts: Finding['facts']) {
  const fact = (name: string) => {
    const value = facts[name];
    return value === undefined ? undefined : isolateLeftToRight(value);
  };
  const environment = ENVIRONMENTS.find((name) => name === facts['environment']);
  return {
    origin: fact('origin'),
    near: fact('near'),
    found: fact('found'),
    expected: fact('expected'),
    status: fact('status'),
    from: fact('from'),
    to: fact('to'),
    policy: fact('policy'),
    uri: fact('uri'),
    directive: fact('directive'),
    platform: fact('platform'),
    missing: fact('missing'),
    src: fact('src'),
    first: fact('first'),
    second: fact('second'),
    environment: environment && language.t(`vendor.app.environments.${environment}`),
    reason: facts['reason'] === undefined ? undefined : reasonText(language, facts),
    seconds: Number(facts['seconds']),
  };
}
