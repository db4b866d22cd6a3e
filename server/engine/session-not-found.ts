import { errors } from 'oidc-provider';

/** Whether the engine says that an interaction is over, or belongs to another browser. */
export function isSessionNotFound(error: unknown): boolean {
  return error instanceof errors.SessionNotFound;
}
