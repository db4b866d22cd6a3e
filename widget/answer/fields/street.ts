/** Where the house number stands before the street. Elsewhere it follows. */
const NUMBER_FIRST = /^(AU|CA|CN|EG|FR|GB|HK|IE|IL|IN|JP|KR|LU|MA|MY|NZ|PH|SG|TH|TN|TW|US|ZA)$/;

export interface StreetParts {
  readonly street: string;
  /** Empty when there is none to be found. */
  readonly number: string;
  /** What follows the digits: the "A" of "12-A", the "bis" of "5 bis". */
  readonly addition: string;
  /** The number with its addition: 12A, 12-4, 5 bis. */
  readonly house: string;
}

const isNumber = (word = '') => /^\p{N}/u.test(word);

/** The first line of an address, where a form asks for the house number apart. */
export function partsOfStreet(line = '', country = ''): StreetParts {
  const [main = '', ...rest] = line.split(',');
  const words = main.split(/\s+/).filter(Boolean);
  const last = words.findLastIndex(isNumber);
  const isFirst = isNumber(words[0]) && (last === 0 || NUMBER_FIRST.test(country));
  if (!isFirst && last < 1) return { street: line, number: '', addition: '', house: '' };
  const word = words[isFirst ? 0 : last] ?? '';
  const number = /^\p{N}+/u.exec(word)?.[0] ?? '';
  const letters = word.slice(number.length).replace(/^[-/]/, '');
  const partsWith = (street: string, addition: string) => ({
    street,
    number,
    addition,
    house: joined(number, addition),
  });
  if (!isFirst) {
    const end = /^(nr?|no|num)[.º]?$/i.test(words[last - 1] ?? '') ? last - 1 : last;
    return partsWith(words.slice(0, end).join(' '), [letters, ...words.slice(last + 1), ...rest].join(' ').trim());
  }
  const start = /^(bis|ter|quater)$/i.test(words[1] ?? '') ? 2 : 1;
  // After the number, a comma may come before the street.
  const street = [words.slice(start).join(' '), ...rest].map((part) => part.trim()).filter(Boolean);
  return partsWith(street.join(', '), letters || words.slice(1, start).join(' '));
}

function joined(number: string, addition: string): string {
  if (!addition || /^\p{L}$/u.test(addition)) return number + addition;
  return number + (/^\p{N}/u.test(addition) ? '-' : ' ') + addition;
}
