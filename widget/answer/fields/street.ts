import type { UserClaims } from '@signup-with-platform/protocol';

/** Where the house number stands before the street. Elsewhere it follows. */
const NUMBER_FIRST = /^(AU|CA|CN|EG|FR|GB|HK|IE|IL|IN|JP|KR|LU|MA|MY|NZ|PH|SG|TH|TN|TW|US|ZA)$/;

export interface StreetParts {
  readonly street: string;
  /** Empty when there is none to be found. */
  readonly number: string;
  /** What follows the digits: the "A" of "12-A", the "bis" of "5 bis". */
  readonly addition: string;
}

export function linesOf({ address }: UserClaims): readonly string[] {
  const lines = address?.street_address?.split('\n') ?? [];
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** The first line, where a form asks for the house number apart. */
export function partsOfStreet(user: UserClaims): StreetParts {
  const [line = ''] = linesOf(user);
  const before = /^(\p{N}+)(?:[ -/]?(\p{L}|bis|ter|quater))?[,\s]+(\P{N}.*)$/iu.exec(line);
  const after = /^(.*\P{N})[,\s]+(?:nr?\.?\s*)?(\p{N}+)\s*[-/]?\s*(\S{0,6}(?:\s\S{1,4})?)$/iu.exec(line);
  const isFirst = before && (NUMBER_FIRST.test(user.address?.country ?? '') || !after);
  const [street = line, number = '', addition = ''] = isFirst
    ? [before[3], before[1], before[2]]
    : after
      ? [after[1], after[2], after[3]]
      : [];
  return { street: street.replace(/[,\s]+$/, ''), number, addition };
}
