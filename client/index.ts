export type { CredentialPayload } from '@signup-with-platform/protocol';
export { CREDENTIAL_ERRORS, CredentialError, type CredentialErrorCode, InvalidOptionError } from './errors.ts';
export type { Fetch } from './key-sets.ts';
export { verifyCredential } from './verify-credential.ts';
export type { VerifyCredentialOptions } from './verify-options.ts';
