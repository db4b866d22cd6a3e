import type { lookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { embeddedSignup, SignupRefused } from '@signup-with-platform/client';
import { CERTIFICATE, KEY as PRIVATE_KEY } from '#outbound/testing/certificate.ts';
import type { EndpointOptions } from '../endpoint.ts';

export const KEY = 'the-key-of-the-tests-1';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Asked {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** How many came before. */
  count: number;
}

/**
 * What is wrong with an endpoint. It is handed what was asked, and a way to let the right one answer, also something else than was asked.
 * @returns undefined to close the connection
 */
export type Fault = (asked: Asked, right: (instead?: Partial<Asked>) => Promise<Answer>) => Promise<Answer | undefined>;

export interface EndpointToTest extends AsyncDisposable {
  /** Where it is, for the call of it. The name shop.example resolves to this machine. */
  reach: Pick<EndpointOptions, 'url' | 'addresses' | 'resolver'>;
  /** The names of its users. */
  users: () => readonly string[];
}

const TAKEN: Readonly<Record<string, string>> = {
  en: 'You have an account.',
  nl: 'Je hebt een account.',
  de: 'Sie haben ein Konto.',
};

const resolver = ((_name: string, _options: object, callback: (...answer: unknown[]) => void) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof lookup;

/**
 * A vendor's endpoint as our library makes it, in which nothing is wrong, but for one fault. Over https, whoever calls has to trust the
 * certificate of the tests.
 */
export async function startEndpoint(fault?: Fault, protocol: 'http' | 'https' = 'https'): Promise<EndpointToTest> {
  const idsByName = new Map<string, string>();
  const repeatable = new Map<string, string>();
  const handler = embeddedSignup(
    async ({ userName, password, firstName, lastName, language, idempotencyKey = '' }) => {
      const answer = (id: string) => ({ id, userName, firstName, lastName });
      const before = repeatable.get(idempotencyKey);
      if (before !== undefined) return answer(before);
      if (password.length < 8) throw new SignupRefused('Use at least 8 characters.', 'password_too_short');
      if (idsByName.has(userName.toLowerCase())) {
        const [base = 'en'] = language.toLowerCase().split('-');
        throw new SignupRefused(TAKEN[base] ?? `[${base}] Taken.`, 'user_exists', 409);
      }
      const id = `u-${idsByName.size + 1}`;
      idsByName.set(userName.toLowerCase(), id);
      repeatable.set(idempotencyKey, id);
      return answer(id);
    },
    { apiKey: KEY },
  );
  const right = async ({ method, headers, body }: Asked): Promise<Answer> => {
    const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
    const hasBody = method !== 'GET';
    const request = new Request('http://localhost/', { method, headers: entries, ...(hasBody && { body }) });
    const response = await handler(request);
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  let count = 0;
  const listener: RequestListener = async (request, response) => {
    const { method = '', headers } = request;
    const asked = { method, headers, body: await text(request), count };
    count += 1;
    const ask = (instead: Partial<Asked> = {}) => right({ ...asked, ...instead });
    const answer = fault ? await fault(asked, ask) : await ask();
    if (!answer) return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const tls = { key: PRIVATE_KEY, cert: CERTIFICATE };
  const server = protocol === 'https' ? createHttpsServer(tls, listener) : createServer(listener);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const host = protocol === 'https' ? 'shop.example' : '127.0.0.1';
  return {
    reach: { url: new URL(`${protocol}://${host}:${port}/sign-up`), addresses: 'any', resolver },
    users: () => [...idsByName.keys()],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
