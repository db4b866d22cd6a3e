import { CredentialError, verifyCredential } from '@signup-with-platform/client';

const REFUSED = { notice: 'That did not work. Please press the button again.' };

export default defineEventHandler(async (event) => {
  const config = useRuntimeConfig(event);
  const form = await readBody<{ credential?: unknown }>(event);
  const session = getCookie(event, 'session');
  try {
    const { iss, sub, name, email, nonce } = await verifyCredential(form.credential, {
      clientId: config.public.clientId,
      issuer: config.issuer,
      nonce: noncesOf(session),
    });
    if (!takeNonce(session, nonce)) return REFUSED;
    // Identify customers by iss and sub together, because people change their email addresses.
    console.log('registered', iss, sub);
    return { notice: `Welcome, ${name} <${email}>.` };
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    console.warn(error.code, error.hint);
    return REFUSED;
  }
});
