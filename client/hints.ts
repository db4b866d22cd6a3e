import { ID_TOKEN_ALGS, withoutTrailingSlashes } from '@signup-with-platform/protocol';

/** The developer's most likely mistake, guessed from what arrived. This is advice only; the refusal is decided elsewhere. */

/** Says why `token` cannot be a credential. Undefined when it has the shape of one. */
export function hintOfShape(token: unknown): string | undefined {
  if (token === undefined || token === null) {
    return 'The form carried no credential. Is the element inside the form, and is the body parsed before this is called?';
  }
  if (typeof token !== 'string') {
    return typeof token === 'object' && 'credential' in token
      ? 'The whole form body was passed: pass its `credential` field.'
      : `A string was expected, ${Array.isArray(token) ? 'an array' : `a value of type ${typeof token}`} was passed.`;
  }
  if (token === '')
    return 'The `credential` field is empty: the person submitted the form without signing up with the platform.';
  if (token !== token.trim()) return 'It has white space around it: pass the value as the form sent it.';
  if (/^bearer /i.test(token)) return 'It starts with "Bearer": pass only the credential.';
  if (/^["']/.test(token)) return 'It is in quotation marks: it was serialized twice.';
  if (token.startsWith('{')) return 'It is JSON: parse it, and pass its `credential` field.';
  if (/^[^=&.]+=/.test(token)) return 'It is a form-encoded body: parse it, and pass its `credential` field.';
  if (/%[0-9a-f]{2}/i.test(token)) return 'It is still percent-encoded.';
  const parts = token.split('.');
  if (parts.length === 1)
    return 'It has no dots: an authorization code goes to the token endpoint, and an API key is not a credential.';
  if (parts.length !== 3) return `It has ${parts.length} parts separated by dots, a credential has 3.`;
  if (!parts.every((part) => /^[\w-]*$/.test(part))) return 'It contains characters outside base64url.';
  return undefined;
}

export function hintOfAlgorithm(algorithm: unknown, accepted: readonly string[]): string {
  if (algorithm === 'none') return 'An unsigned token proves nothing, because anybody can make one.';
  if (typeof algorithm === 'string' && algorithm.startsWith('HS')) {
    return 'Credentials are never signed with a shared secret. Somebody may have used the public key as the secret.';
  }
  if (ID_TOKEN_ALGS.some((known) => known === algorithm)) {
    return `If the app's settings say ${algorithm}, add it to the option \`algorithms\`.`;
  }
  return `You accept ${accepted.join(' and ')} only, and the platform never signs with this one.`;
}

export function hintOfIssuer(issuer: string, expected: string): string {
  const host = (url: string) => url.replace(/^https?:\/\//, '').replace(/^(127\.0\.0\.1|\[::1\])/, 'localhost');
  if (withoutTrailingSlashes(issuer) === withoutTrailingSlashes(expected)) {
    return 'They differ only in the slash at the end: write the issuer exactly as /.well-known/openid-configuration does.';
  }
  if (issuer === `${expected}/sandbox`) {
    return (
      'This is a sandbox credential, presented to production: the page uses the client_id of a localhost or ' +
      'development:sandbox environment, or this backend should have the sandbox issuer.'
    );
  }
  if (`${issuer}/sandbox` === expected) {
    return 'This is a production credential, presented to the sandbox: use the issuer without /sandbox, and the production client_id.';
  }
  if (host(issuer) === host(expected))
    return 'They differ in the scheme or in the name of the local host: both sides must write it the same way.';
  return "Another platform issued it, or `issuer` is not the platform's PUBLIC_URL (with /sandbox for the sandbox).";
}

export function hintOfAudience(audience: unknown, environment: unknown, expected: string): string {
  const issuedFor = typeof audience === 'string' ? `client_id ${quote(audience)}` : `audience ${quote(audience)}`;
  const where = typeof environment === 'string' ? `, environment ${quote(environment)}` : '';
  return (
    `This credential was issued for another app or environment (${issuedFor}${where}), expected ${quote(expected)}. ` +
    "The page's client-id attribute and this backend's clientId must be the same."
  );
}

export const HINT_OF_NONCE =
  "It belongs to another page view: the nonce was not rendered into the element's nonce attribute, " +
  'the session changed in between, or the credential is replayed.';

/** Shortened and escaped, because the text comes from the token and goes to a log. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
