import { z } from 'zod';
import type { Strings } from '#strings/pick-strings.ts';

/** What can be wrong with a field, as the popup says it too. */
export type FieldError = keyof Strings['errors'];

export type CheckedForm<Name extends string> = {
  /** As it was typed, for showing it again. */
  typed: Record<Name, string>;
} & ({ values: Record<Name, string>; errors?: never } | { errors: Partial<Record<Name, FieldError>> });

const text = z.string().catch('');

/**
 * Checks each field of a form by its schema, whose messages are keys of the strings.
 * @param required fields that may not be empty
 */
export function checkForm<Name extends string>(
  schemas: Readonly<Record<Name, z.ZodType<string, string>>>,
  body: unknown,
  required: readonly NoInfer<Name>[] = [],
): CheckedForm<Name> {
  const names = Object.keys(schemas) as Name[];
  const form = z.object(Object.fromEntries(names.map((name) => [name, text]))).catch({});
  const typed = Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>;
  Object.assign(typed, form.parse(body ?? {}));
  const values = { ...typed };
  const errors: Partial<Record<Name, FieldError>> = {};
  for (const name of names) {
    const parsed = schemas[name].safeParse(typed[name]);
    if (!parsed.success) errors[name] = parsed.error.issues[0]?.message as FieldError;
    else if (parsed.data === '' && required.includes(name)) errors[name] = 'required';
    else values[name] = parsed.data;
  }
  return Object.keys(errors).length > 0 ? { typed, errors } : { typed, values };
}
