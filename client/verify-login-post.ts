import { createHash, timingSafeEqual } from 'node:crypto';
import type { CredentialPayload } from '@signup-with-platform/protocol';
import { CREDENTIAL_ERRORS, CredentialError } from './errors.ts';
import { verifyCredential } from './verify-credential.ts';
import type { VerifyCredentialOptions } from './verify-options.ts';

/** The element sends the same value as a cookie and as a field. A page of another site can send the form, but cannot set the cookie. */
const COOKIE = 'signup_csrf_token';
const FIELD = 'csrf_token';

/** The request to the address in the element's `login-uri`. */
export interface LoginPost {
  /** The form as your framework parsed it: an object of its fields, or the FormData or URLSearchParams of a Fetch handler. */
  body: unknown;
  /** The unchanged `Cookie` header of the request. */
  cookie: string | null | undefined;
}

export interface VerifyLoginPostOptions extends VerifyCredentialOptions {
  /** The name of the field with the credential, if the element has the attribute `name`. Default `credential`. */
  name?: string;
}

/**
 * Verifies what `<signup-with-platform login-uri="…">` posted: first that a page of yours posted it (double submit), then the credential,
 * as {@link verifyCredential} does.
 *
 * @example
 * ```ts
 * const { iss, sub } = await verifyLoginPost(
 *   { body: request.body, cookie: request.headers.cookie },
 *   { clientId: process.env.CLIENT_ID, issuer: 'https://platform.example', nonce: session.takeNonce() },
 * );
 * ```
 *
 * @throws {CredentialError} `foreign_post` when cookie and field are missing or differ; otherwise what `verifyCredential` throws.
 * @throws {InvalidOptionError} An option is missing or malformed: a bug in the calling program.
 */
export async function verifyLoginPost(
  { body, cookie }: LoginPost,
  { name = 'credential', ...options }: VerifyLoginPostOptions,
): Promise<CredentialPayload> {
  const isFetchForm = body instanceof URLSearchParams || body instanceof FormData;
  const fields = (isFetchForm ? Object.fromEntries(body) : (body ?? {})) as Record<string, unknown>;
  checkDoubleSubmit(cookiesNamed(COOKIE, cookie ?? ''), fields[FIELD]);
  return verifyCredential(fields[name], options);
}

function checkDoubleSubmit(cookies: readonly string[], field: unknown): void {
  const [cookie] = cookies;
  if (!cookie) throw foreignPost(`There is no cookie ${COOKIE}`);
  // A neighbouring subdomain can add a second cookie, but cannot remove ours.
  if (cookies.length > 1) throw foreignPost(`There are ${cookies.length} cookies ${COOKIE}`);
  if (typeof field !== 'string' || field === '') throw foreignPost(`There is no field ${FIELD}`);
  if (!timingSafeEqual(digest(cookie), digest(field)))
    throw foreignPost(`The field ${FIELD} and the cookie ${COOKIE} differ`);
}

/** Hashed first, so that values of different lengths can be compared in constant time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cookiesNamed(name: string, header: string): string[] {
  return header.split(';').flatMap((pair) => {
    const separator = pair.indexOf('=');
    return pair.slice(0, separator).trim() === name ? [pair.slice(separator + 1).trim()] : [];
  });
}

function foreignPost(message: string): CredentialError {
  return new CredentialError(
    CREDENTIAL_ERRORS.FOREIGN_POST,
    message,
    'Another site posted this form, cookies are blocked, or the body was not parsed as a form. ' +
      'If it happens to everyone: is the `cookie` header passed on?',
  );
}
