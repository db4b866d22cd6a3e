import type { JsonSchema } from './json-schema.ts';
import type { Rule } from './rules.ts';

/** One parameter of a request's body: whether it is required, and the rules that it must meet, in order. */
export interface Parameter {
  description: string;
  required?: boolean;
  rules: readonly Rule[];
  /** The type, if it is not a string. */
  type?: 'boolean' | 'roles';
  /** The meaning of null and empty text. Default: as if left out. `remove` gives null; `refuse` fails the rule `required`. */
  whenEmpty?: 'remove' | 'refuse';
  example?: unknown;
}

/** In the order of the documentation, which is also the order of validation errors. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** The values of {@link Parameters} after validation, without absent ones. */
export type Values = Readonly<Record<string, string | boolean | readonly string[] | null | undefined>>;

/** The body's schema for the documentation, made from the same rules that validate it. */
export function schemaOf(parameters: Parameters): JsonSchema {
  const entries = Object.entries(parameters);
  const required = entries.filter(([, parameter]) => parameter.required).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, parameter]) => [name, propertyOf(parameter)])),
    ...(required.length > 0 && { required }),
  };
}

function propertyOf({ type, description, rules, example, whenEmpty }: Parameter): JsonSchema {
  const rule = rules.map(({ name }) => `\`${name}\``).join(', ');
  const shape =
    type === 'roles'
      ? {
          oneOf: [
            { type: 'array', items: { type: 'string' } },
            { type: 'string', description: 'separated by commas' },
          ],
        }
      : { type: whenEmpty === 'remove' ? [type ?? 'string', 'null'] : (type ?? 'string') };
  return {
    ...shape,
    ...Object.assign({}, ...rules.map(({ schema }) => schema)),
    description: rule ? `${description} Rules: ${rule}.` : description,
    ...(example !== undefined && { examples: [example] }),
  };
}
