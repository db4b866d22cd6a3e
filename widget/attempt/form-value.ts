import type { SignupFlow } from './signup-flow.ts';

/**
 * What the element submits with its form, which happens even without a `name` attribute; null until there is something.
 *
 * @param name of the field for the credential. Default: `credential`. A code has the names of RFC 6749
 */
export function formValue(flow: SignupFlow, name: string | undefined): FormData | null {
  if (flow.name !== 'completed') return null;
  const { credential, code, codeVerifier, redirectUri } = flow;
  const fields = {
    [name || 'credential']: credential,
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri,
  };
  const value = new FormData();
  for (const [field, text] of Object.entries(fields)) if (text) value.set(field, text);
  return value;
}
