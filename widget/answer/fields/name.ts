import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill } from './autofill.ts';

/** What belongs to the family name that follows it: "van den Berg", "de la Cruz". */
const PARTICLE = /^(a[flp]|bin|ibn|d[aeiou]|das|del|della|de[nr]|dos|l[ae]|te[nr]|v[ao]n|zu[mr]?)$/i;

/** Names that are no person's, and names of persons that nobody has shared. */
const not = new RegExp(
  '\\b(user|username|nick|login|screen|middle|second|additional|maiden|birth|company|business|organi[sz]ation|team|' +
    'school|bank|account|holder|pet|file|host|domain|store|shop|product|project|house|building)\\b|\\bname of\\b',
);

/** The parts as they were shared, or of the whole name. One word has no parts, and neither has a name in a script without spaces. */
function partsOf({ name = '', given_name, family_name }: UserClaims): readonly (string | undefined)[] {
  if (given_name || family_name) return [given_name, family_name];
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return [];
  let at = words.length - 1;
  while (at > 1 && PARTICLE.test(words[at - 1] ?? '')) at -= 1;
  return [words.slice(0, at).join(' '), words.slice(at).join(' ')];
}

/** Two words are two names. Of more, nobody can say where the second begins. */
function familyNames(user: UserClaims): readonly string[] {
  const whole = partsOf(user)[1] ?? '';
  const words = whole.split(/\s+/);
  return words.length === 2 ? words : [whole];
}

export const name = {
  name: {
    words: /\b(full|real|complete|whole|customer|contact|bill|ship|recipient|receiver) ?name\b|first and last/,
    vague: /\b(name|display ?name)\b/,
    not,
    values: (user) => [user.name ?? [user.given_name, user.family_name].filter(Boolean).join(' ')],
  },
  'given-name': {
    claim: 'given_name',
    words: /\b(first|given|fore) ?name|\bf ?name\b|\bfirst$/,
    not,
    values: (user) => [partsOf(user)[0]],
  },
  'family-name': {
    claim: 'family_name',
    words: /\b(last|family|sur) ?name|\bl ?name\b|\blast$/,
    not,
    values: (user) => [partsOf(user)[1]],
  },
  /** Where both family names are asked for, as in Spain. */
  'family-name-1': { claim: 'family_name', values: (user) => [familyNames(user)[0]] },
  'family-name-2': { claim: 'family_name', values: (user) => [familyNames(user)[1]] },
} satisfies Record<string, Autofill>;
