import type { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import { inputNameOf, textSchema } from '../../domain/claims/own-field.ts';
import { UsageError } from './command.ts';

/**
 * Reads `--claim NAME=VALUE` as the fields' own schemas do. An operator may tell what people may not.
 * @returns the texts by the names of inputs, as a form has them
 * @throws UsageError that names the first mistake
 */
export function ownTexts(given: readonly string[], catalogue: FieldCatalogue): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [name = '', ...rest] = text.split('=');
      const field = catalogue.ownField(name);
      if (!field) {
        const names = catalogue.own.map((one) => one.name).join(', ') || 'none; see the setting OWN_FIELDS';
        throw new UsageError(`--claim: no own field is called "${name}". There are: ${names}`);
      }
      const parsed = textSchema(field).safeParse(rest.join('='));
      if (!parsed.success) throw new UsageError(`--claim ${name}: ${parsed.error.issues[0]?.message}`);
      return [inputNameOf(field), parsed.data];
    }),
  );
}
