import { CredentialError, verifyCredential } from '@signup-with-platform/client';

export default defineEventHandler(async (event) => {
  const config = useRuntimeConfig(event);
  const form = await readBody<{ credential?: unknown }>(event);
  const nonces = getCookie(event, 'nonces')?.split('.') ?? [];
  try {
    const { iss, sub, name, email, nonce } = await verifyCredential(form.credential, {
      clientId: config.public.clientId,
      issuer: config.issuer,
      nonce: nonces,
    });
    const others = nonces.filter((one) => one !== nonce).join('.');
    setCookie(event, 'nonces', others, { httpOnly: true, sameSite: 'lax' });
    // Identify customers by iss and sub together, because people change their email addresses.
    console.log('registered', iss, sub);
    return { notice: `Welcome, ${name} <${email}>.` };
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    console.warn(error.code, error.hint);
    return { notice: 'That did not work. Please press the button again.' };
  }
});
