import { errors } from 'oidc-provider';

/** Whether the engine's error means that an interaction has ended or belongs to another browser. */
export function isSessionNotFound(error: unknown): boolean {
  return error instanceof errors.SessionNotFound;
}
