import type { Credentials } from './settings.ts';

/** The likely mistake behind a refusal. It is advice only, and says no more about a secret than its kind. */
export function hintOfStatus(
  status: number,
  credentials: Credentials,
  location: string | null = null,
): string | undefined {
  switch (status) {
    case 401:
      return hintOfUnauthorized(credentials);
    case 301:
    case 302:
    case 307:
    case 308:
      return `It redirects to ${originOf(location)}: set \`baseUrl\` to the platform's real address. Secrets are not sent on.`;
    case 502:
    case 504:
      return 'A proxy in front of the platform got no answer from it.';
  }
  return undefined;
}

function hintOfUnauthorized(credentials: Credentials): string {
  if (credentials.kind === 'client') {
    return (
      `Do client_id and client_secret belong together, and to the environment ${credentials.environment}? ` +
      'Each environment has its own pair.'
    );
  }
  const { secretKey } = credentials;
  if (secretKey.startsWith('sk_test_'))
    return 'It is a test key (sk_test_…), which works for localhost and development:sandbox only. Does this platform know it?';
  if (secretKey.startsWith('sk_live_'))
    return 'It is a live key (sk_live_…). Was it replaced by a newer one, and is its grace period over?';
  if (/^[A-Za-z0-9]{32}$/.test(secretKey)) return 'It looks like a client_id. A secret key begins with sk_.';
  return 'Secret keys begin with sk_live_ or sk_test_: copy it again.';
}

export function hintOfConnection(code: string, baseUrl: string): string {
  if (code === 'ECONNREFUSED') return `Nothing listens at ${baseUrl}: is the platform running, and is the port right?`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The name in ${baseUrl} is unknown here: check \`baseUrl\`.`;
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code))
    return "The certificate is not trusted: give Node the authority's certificate in NODE_EXTRA_CA_CERTS. Do not switch the check off.";
  if (/SSL|EPROTO/.test(code)) return `Does ${baseUrl} speak http rather than https?`;
  return `Can this machine reach ${baseUrl}?`;
}

function originOf(location: string | null): string {
  return location !== null && URL.canParse(location) ? new URL(location).origin : 'another address';
}
