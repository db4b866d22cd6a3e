'use server';

import { CredentialError, verifyCredential } from '@signup-with-platform/client';
import { cookies } from 'next/headers';
import { noncesOf, takeNonce } from '../nonces';

const { CLIENT_ID = '', ISSUER = '' } = process.env;
const REFUSED = 'That did not work. Please press the button again.';

/** @returns what the person reads */
export async function register(_before: string, form: FormData): Promise<string> {
  const session = (await cookies()).get('session')?.value;
  try {
    const { iss, sub, name, email, nonce } = await verifyCredential(form.get('credential'), {
      clientId: CLIENT_ID,
      issuer: ISSUER,
      nonce: noncesOf(session),
    });
    if (!takeNonce(session, nonce)) return REFUSED;
    // Identify customers by iss and sub together, because people change their email addresses.
    console.log('registered', iss, sub);
    return `Welcome, ${name} <${email}>.`;
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    console.warn(error.code, error.hint);
    return REFUSED;
  }
}
