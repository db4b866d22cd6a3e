import type { ParsedBody } from '#http/body/body-contract.ts';
import { ApiError } from '../api-error.ts';

/** The members of a JSON object. @throws ApiError 400 for any other body */
export function membersOf(body: ParsedBody): Readonly<Record<string, unknown>> {
  const value = body.type === 'json' ? body.value : undefined;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalid('it must be a JSON object, as application/json');
}

/** @param problem the first mistake, with the key that has it */
export function invalid(problem: string): ApiError {
  return new ApiError(400, 'invalid_request', `In the body, ${problem}.`);
}

/** Refuses the body of a call that takes none, because what it says would be lost. @throws ApiError 400 */
export function assertNoBody(body: ParsedBody): void {
  const isEmpty = body.type === 'none' || Object.keys(membersOf(body)).length === 0;
  if (!isEmpty) throw new ApiError(400, 'invalid_request', 'This call takes no body.');
}
