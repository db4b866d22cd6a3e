import { ApiError, type FailedRule, validationError } from '../api-error.ts';
import type { Parameter, Parameters, Values } from './parameters.ts';

const NOT_TEXT: unique symbol = Symbol('not text');
type Text = string | typeof NOT_TEXT | undefined;

/**
 * Checks a body against its parameters. Unknown members are ignored. Absent, null and (after trimming, but for passwords) empty
 * values count as missing; an optional one that is missing is left out.
 * @throws ApiError `validation_error` with every failed rule: parameters in their order, rules in theirs, nothing after a failed `required`
 */
export function validate(parameters: Parameters, body: unknown): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ApiError(400, 'invalid_request', 'The body must be a JSON object or a form.');
  }
  const members = body as Record<string, unknown>;
  const texts = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [name, textOf(name, parameter, members[name])]),
  );
  const strings = Object.fromEntries(
    Object.entries(texts).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

  const failed: FailedRule[] = [];
  const values: Record<string, Values[string]> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const text = texts[name];
    if (text === undefined) {
      if (parameter.required) failed.push({ parameter: name, rule: 'required' });
    } else if (typeof text !== 'string') {
      // What is no text at all has no valid characters, or is no e-mail address.
      failed.push({
        parameter: name,
        rule: parameter.rules.find((rule) => /^valid_/.test(rule.name))?.name ?? 'valid_characters',
      });
    } else {
      failed.push(
        ...parameter.rules
          .filter((rule) => !rule.holds(text, strings))
          .map((rule) => ({ parameter: name, rule: rule.name })),
      );
      values[name] = readValue(parameter, text);
    }
  }
  if (failed.length > 0) throw validationError(failed);
  return values;
}

function textOf(name: string, { type }: Parameter, value: unknown): Text {
  if (value === undefined || value === null) return undefined;
  if (type === 'boolean' && typeof value === 'boolean') return String(value);
  if (type === 'roles' && Array.isArray(value)) {
    return value.every((role) => typeof role === 'string' && !role.includes(',')) ? value.join(',') : NOT_TEXT;
  }
  if (typeof value !== 'string') return NOT_TEXT;
  if (type === 'roles') return value.trim();
  const text = /password/.test(name) ? value : value.trim();
  return text === '' ? undefined : text;
}

function readValue({ type }: Parameter, text: string): Values[string] {
  if (type === 'boolean') return text === 'true' || text === '1';
  if (type !== 'roles') return text;
  const roles = text.split(',').map((role) => role.trim());
  return [...new Set(roles.filter(Boolean))];
}
