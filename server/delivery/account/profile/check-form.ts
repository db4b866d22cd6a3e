import type { Language } from '@signup-with-platform/messages';
import { z } from 'zod';

/** What the schemas of a profile say, and what a form adds. Each has its words in the catalogue, at `shared.errors`. */
const FIELD_ERRORS = ['required', 'too_long', 'valid_characters', 'valid_phone_number', 'valid_country'] as const;
export type FieldError = (typeof FIELD_ERRORS)[number];

export type CheckedForm<Name extends string> = {
  /** As it was typed, for showing it again. */
  typed: Record<Name, string>;
} & ({ values: Record<Name, string>; errors?: never } | { errors: Partial<Record<Name, FieldError>> });

const text = z.string().catch('');
const errorSchema = z.enum(FIELD_ERRORS);

/**
 * Checks each field of a form by its schema, whose messages are {@link FieldError}s.
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
    if (!parsed.success) errors[name] = errorSchema.parse(parsed.error.issues[0]?.message);
    else if (parsed.data === '' && required.includes(name)) errors[name] = 'required';
    else values[name] = parsed.data;
  }
  return Object.keys(errors).length > 0 ? { typed, errors } : { typed, values };
}

/** What a field's error says, if there is one. */
export function textOf(error: FieldError | undefined, { t }: Pick<Language, 't'>): string | undefined {
  return error && t(`shared.errors.${error}`);
}
