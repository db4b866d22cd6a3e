import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { embeddedSignup, SignupRefused } from '@signup-with-platform/client';

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
  url: URL;
  /** The names of its users. */
  users: () => readonly string[];
}

const TAKEN: Readonly<Record<string, string>> = {
  en: 'You have an account.',
  nl: 'Je hebt een account.',
  de: 'Sie haben ein Konto.',
};

/** A vendor's endpoint as our library makes it, in which nothing is wrong, but for one fault. */
export async function startEndpoint(fault?: Fault): Promise<EndpointToTest> {
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
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const asked = { method, headers, body: await text(request), count };
    count += 1;
    const ask = (instead: Partial<Asked> = {}) => right({ ...asked, ...instead });
    const answer = fault ? await fault(asked, ask) : await ask();
    if (!answer) return void request.socket.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/sign-up`),
    users: () => [...idsByName.keys()],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
