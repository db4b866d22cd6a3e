'use server';

import { CredentialError, verifyCredential } from '@signup-with-platform/client';
import { cookies } from 'next/headers';

const { CLIENT_ID = '', ISSUER = '' } = process.env;

/** @returns what the person reads */
export async function register(_before: string, form: FormData): Promise<string> {
  const jar = await cookies();
  const nonces = jar.get('nonces')?.value.split('.') ?? [];
  try {
    const { iss, sub, name, email, nonce } = await verifyCredential(form.get('credential'), {
      clientId: CLIENT_ID,
      issuer: ISSUER,
      nonce: nonces,
    });
    jar.set('nonces', nonces.filter((one) => one !== nonce).join('.'), { httpOnly: true, sameSite: 'lax' });
    // Identify customers by iss and sub together, because people change their email addresses.
    console.log('registered', iss, sub);
    return `Welcome, ${name} <${email}>.`;
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    console.warn(error.code, error.hint);
    return 'That did not work. Please press the button again.';
  }
}
