import { groupFields } from './group.ts';
import type { FormField } from './understand.ts';

/** A second one of these, apart from the first, begins another person or another address. */
const ONCE = /^(name|given-name|family-name|street-address|address-line1|postal-code|address-level2|bday)$/;

/**
 * The fields of a form that are filled, section by section. As in Chromium, a second address stays empty: it is there to be different.
 * A later section gets what no earlier one asked for, so that an email address beside the billing address is filled.
 */
export function fieldsToFill(fields: readonly FormField[]): FormField[] {
  const done = new Set<string>();
  return sectionsOf(fields).flatMap((section) => {
    const asked = new Set(section.map(({ autofill }) => autofill.field));
    const hasAnother = ['address', 'name'].some((one) => asked.has(one as 'name') && done.has(one));
    const isNewAddress = asked.has('address') && !done.has('address');
    const wanted = section.filter(({ autofill }) => !hasAnother || isNewAddress || !done.has(autofill.field));
    for (const one of asked) done.add(one);
    return groupFields(wanted);
  });
}

function sectionsOf(fields: readonly FormField[]): FormField[][] {
  const sections = new Map<string, FormField[]>();
  const counts = new Map<string, number>();
  let before = '';
  for (const field of fields) {
    const { token } = field.autofill;
    const key = () => `${field.section}/${counts.get(field.section) ?? 0}`;
    const isRepeated = sections.get(key())?.some(({ autofill }) => autofill.token === token);
    if (isRepeated && token !== before && ONCE.test(token))
      counts.set(field.section, (counts.get(field.section) ?? 0) + 1);
    sections.set(key(), [...(sections.get(key()) ?? []), field]);
    before = token;
  }
  return [...sections.values()];
}
