/**
 * The known name that another one probably stands for: written in another way (`isActive`, `Email`, `roles[]`), or with one letter too many,
 * too few or wrong (`role`), or with two that changed places (`emial`). Undefined when it resembles none.
 */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const plain = plainly(given);
  return known.find((name) => plainly(name) === plain) ?? known.find((name) => isOneLetterOff(plain, plainly(name)));
}

/** More than any parameter's name has. */
const MAX_LENGTH = 40;

/** Without brackets and what is in them, case, and separators. */
function plainly(name: string): string {
  const [base = ''] = name.slice(0, MAX_LENGTH).split('[');
  return base.toLowerCase().replaceAll(/[^a-z\d]/g, '');
}

function isOneLetterOff(one: string, other: string): boolean {
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  if (shorter.length < 3 || longer.length - shorter.length > 1) return false;
  let start = 0;
  while (start < shorter.length && shorter[start] === longer[start]) start += 1;
  if (shorter.length < longer.length) return shorter.slice(start) === longer.slice(start + 1);
  const areSwapped = shorter[start] === longer[start + 1] && shorter[start + 1] === longer[start];
  return [1, ...(areSwapped ? [2] : [])].some((count) => shorter.slice(start + count) === longer.slice(start + count));
}
