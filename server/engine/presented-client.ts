import type { IncomingMessage } from 'node:http';

interface PresentedClient {
  /** Empty when none is named. */
  clientId: string;
  secret: string | undefined;
}

/**
 * The client that a request names and its secret, in the form or by HTTP Basic (RFC 6749 section 2.3.1), whether or not it exists.
 * @param params the request's, as the engine has read them
 */
export function presentedClient(
  { headers }: Pick<IncomingMessage, 'headers'>,
  params: Readonly<Record<string, unknown>> | undefined,
): PresentedClient {
  const [, credentials] = /^basic ([\w+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (credentials !== undefined) {
    const [clientId = '', ...secret] = Buffer.from(credentials, 'base64').toString().split(':');
    return { clientId, secret: secret.join(':') };
  }
  const { client_id: clientId, client_secret: secret } = params ?? {};
  return {
    clientId: typeof clientId === 'string' ? clientId : '',
    secret: typeof secret === 'string' ? secret : undefined,
  };
}
