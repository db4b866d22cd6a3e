import type { SignupFlow } from './signup-flow.ts';

/** The value that is submitted, and the text by which the browser can restore it. */
export type FormValue = readonly [value: FormData | null, state: string | null];

/**
 * What the element submits with its form, even without a `name` attribute. Null until there is a value.
 *
 * @param name of the field for the credential. Default: `credential`. The fields of a code have the names of RFC 6749
 */
export function formValue(flow: SignupFlow, name: string | undefined): FormValue {
  if (flow.name !== 'completed') return [null, null];
  const { credential, code, codeVerifier, redirectUri, receivedAtMs } = flow;
  const fields = {
    [name || 'credential']: credential,
    code,
    code_verifier: codeVerifier,
    redirect_uri: redirectUri,
  };
  const value = new FormData();
  for (const [field, text] of Object.entries(fields)) if (text) value.set(field, text);
  // A code works once, so it is not restored.
  return [value, credential === undefined ? null : `${credential} ${receivedAtMs}`];
}
