import { ENVIRONMENTS, type Environment } from '@signup-with-platform/protocol';
import type { FailureData } from './envelope.ts';

/** The request's fields as sent, of any type. */
export interface LoginFields {
  client_id?: unknown;
  client_secret?: unknown;
  environment?: unknown;
}

/** Well-formed fields, which are not verified yet. */
export interface LoginCredentials {
  clientId: string;
  clientSecret: string;
  environment: Environment;
}

const MISSING = 'This field is missing.';
const BLANK = 'This value should not be blank.';
const NOT_A_STRING = 'This value should be of type string.';
const NOT_A_CHOICE = 'The value you selected is not a valid choice.';

/**
 * Checks the format of the fields. Values are not trimmed.
 * @returns the credentials, or messages by field: the secret's before the id's, and the environment's only once both are well-formed
 */
export function checkFields(fields: LoginFields): { credentials: LoginCredentials } | { problems: FailureData } {
  const { client_id: clientId, client_secret: clientSecret, environment } = fields;
  const secretProblem = problemOf(clientSecret);
  const idProblem = problemOf(clientId);
  if (secretProblem || idProblem) {
    return {
      problems: {
        ...(secretProblem && { '[client_secret]': [secretProblem] as const }),
        ...(idProblem && { '[client_id]': [idProblem] as const }),
      },
    };
  }
  const known = ENVIRONMENTS.find((name) => name === environment);
  if (!known) return { problems: { '[environment]': [problemOf(environment) ?? NOT_A_CHOICE] } };
  return { credentials: { clientId: clientId as string, clientSecret: clientSecret as string, environment: known } };
}

function problemOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return MISSING;
  if (typeof value !== 'string') return NOT_A_STRING;
  return value.trim() === '' ? BLANK : undefined;
}
