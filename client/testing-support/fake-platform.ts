import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((response: ServerResponse, request: SeenRequest) => void);

/** Answers each request with the next answer of its script, and records the requests. For this library's own tests. */
export interface FakePlatform {
  url: string;
  requests: SeenRequest[];
  script: Answer[];
  [Symbol.asyncDispose]: () => Promise<void>;
}

export async function startFakePlatform(...script: Answer[]): Promise<FakePlatform> {
  const requests: SeenRequest[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    requests.push(seen);
    const answer = script.shift() ?? {
      status: 418,
      body: { error: 'no_more_answers', status: 418, message: 'Script ended.' },
    };
    if (typeof answer === 'function') return answer(response, seen);
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? {});
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    script,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Closes the connection without an answer. */
export const hangUp: Answer = (response) => void response.socket?.destroy();
/** Never answers. */
export const silence: Answer = () => {};

export function failure(status: number, error: string, headers: Record<string, string> = {}): Answer {
  return { status, headers, body: { error, status, message: `About ${error}.` } };
}

export const JANE = {
  id: 'lFVofRqhZ8KxW2mD4tQyNA',
  email: 'jane@example.com',
  username: 'jane',
  first_name: 'Jane',
  last_name: 'Doe',
  roles: [],
  is_active: true,
  is_email_verified: true,
  last_signin: null,
  created_at: '2026-01-02T03:04:05.678Z',
  updated_at: '2026-01-02T03:04:05.678Z',
};
