import type { Language } from '@signup-with-platform/messages';
import { z } from 'zod';
import type { FieldInput, InputProblem } from '#domain/claims/field-descriptor.ts';

/** What can be wrong with a field, as the popup says it too. */
export type FieldError = InputProblem;

export type CheckedForm<Name extends string> = {
  /** As it was typed, for showing it again. */
  typed: Record<Name, string>;
} & ({ values: Record<Name, string>; errors?: never } | { errors: Partial<Record<Name, FieldError>> });

const formSchema = z.record(z.string(), z.unknown()).catch({});

/**
 * Checks each input of a form by its schema, whose messages are {@link FieldError}s.
 * @param mayBeEmpty whether inputs that are needed otherwise may be left empty
 */
export function checkForm<Name extends string>(
  inputs: Readonly<Record<Name, Pick<FieldInput, 'schema' | 'needed'>>>,
  body: unknown,
  { mayBeEmpty = false } = {},
): CheckedForm<Name> {
  const names = Object.keys(inputs) as Name[];
  const sent = formSchema.parse(body);
  const typed = Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>;
  const values = { ...typed };
  const errors: Partial<Record<Name, FieldError>> = {};
  for (const name of names) {
    const given = sent[name] ?? '';
    // Sent twice, it is neither the one nor the other; taken for empty, it would remove what is there.
    if (typeof given !== 'string') {
      errors[name] = 'valid_characters';
      continue;
    }
    typed[name] = given;
    const parsed = inputs[name].schema.safeParse(typed[name]);
    if (!parsed.success) errors[name] = parsed.error.issues[0]?.message as FieldError;
    else if (parsed.data === '' && inputs[name].needed && !mayBeEmpty) errors[name] = 'required';
    else values[name] = parsed.data;
  }
  return Object.keys(errors).length > 0 ? { typed, errors } : { typed, values };
}

/** What a field's error says, if there is one. */
export function textOf(error: FieldError | undefined, { t }: Pick<Language, 't'>): string | undefined {
  return error && t(`shared.errors.${error}`);
}
