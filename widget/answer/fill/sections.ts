import { groupFields } from './group.ts';
import type { FormField } from './understand.ts';

/** A second one of these, apart from the first, asks for somebody else's. */
const ONCE = /^(name|given-name|family-name|street-address|address-line1|postal-code|address-level2|bday)$/;

/**
 * The fields of a form that are filled, section by section. Shipping and billing are both the person's. A second person in one section, such
 * as the other passenger, stays empty, as in Chromium.
 */
export function fieldsToFill(fields: readonly FormField[]): FormField[] {
  const sections = new Map<string, FormField[]>();
  const others = new Set<string>();
  let before = '';
  for (const field of fields) {
    const { section, autofill } = field;
    const known = sections.get(section) ?? [];
    const isRepeated = autofill.token !== before && known.some((one) => one.autofill.token === autofill.token);
    if (isRepeated && ONCE.test(autofill.token)) others.add(section);
    if (!isRepeated || !others.has(section)) sections.set(section, [...known, field]);
    before = autofill.token;
  }
  return [...sections.values()].flatMap(groupFields);
}
