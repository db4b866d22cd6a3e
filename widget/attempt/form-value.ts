import type { SignupFlow } from './signup-flow.ts';

/**
 * What the element submits with its form, even without a `name` attribute. Null until there is a value.
 *
 * @param name of the field for the credential. Default: `credential`. The fields of a code have the names of RFC 6749
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
