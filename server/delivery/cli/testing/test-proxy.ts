import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { ISSUED_CERTIFICATE, ISSUED_KEY } from '#outbound/testing/authority.ts';

/** What a proxy may do wrong. By default it does everything right. */
export interface ProxyFaults {
  certificate?: string;
  /** Changes the headers with which it asks the server. */
  asks?: (headers: IncomingHttpHeaders) => void;
  /** Changes the headers of the answer. */
  answers?: (headers: IncomingHttpHeaders) => void;
  /** Passes an answer on when it is complete. */
  holdsBack?: boolean;
  maxBodyBytes?: number;
  refusesMethods?: readonly string[];
  replacesErrors?: boolean;
  /** Whether it gives everybody the first answer to each path. */
  keepsAnswers?: boolean;
  endsConnections?: boolean;
}

/** A reverse proxy for `id.example.com` and `example.com`, which ends TLS. */
export async function startTestProxy(
  port: number,
  upstreamPort: number,
  faults: ProxyFaults = {},
): Promise<() => Promise<void>> {
  const kept = new Map<string, { headers: IncomingHttpHeaders; body: Buffer }>();
  const { certificate = ISSUED_CERTIFICATE } = faults;
  const refuses = ({ method = '', headers }: IncomingMessage): number | undefined => {
    if (faults.refusesMethods?.includes(method)) return 405;
    if (Number(headers['content-length'] ?? 0) > (faults.maxBodyBytes ?? Number.POSITIVE_INFINITY)) return 413;
    return undefined;
  };
  const proxy = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const status = refuses(incoming);
    if (status !== undefined)
      return void outgoing.writeHead(status, { connection: 'close' }).end('refused by the proxy');
    const { url: path = '/', method, headers: sent, socket } = incoming;
    const known = kept.get(path);
    if (known) return void outgoing.writeHead(200, known.headers).end(known.body);
    const headers: IncomingHttpHeaders = { ...sent };
    headers['x-forwarded-for'] = [sent['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
    headers['x-forwarded-proto'] = 'https';
    faults.asks?.(headers);
    const asked = request({ host: '127.0.0.1', port: upstreamPort, path, method, headers }, (answer) => {
      const answered = { ...answer.headers };
      faults.answers?.(answered);
      if (faults.endsConnections) answered.connection = 'close';
      if (faults.replacesErrors && (answer.statusCode ?? 0) >= 400) {
        answer.resume();
        return void outgoing.writeHead(answer.statusCode ?? 502).end('<h1>Oops</h1>');
      }
      const isStream = answered['content-type']?.startsWith('text/event-stream');
      if (!faults.holdsBack && (!faults.keepsAnswers || isStream)) {
        outgoing.writeHead(answer.statusCode ?? 502, answered);
        return void answer.pipe(outgoing);
      }
      answer.toArray().then(
        (parts) => {
          const body = Buffer.concat(parts);
          if (faults.keepsAnswers && answer.statusCode === 200) kept.set(path, { headers: answered, body });
          outgoing.writeHead(answer.statusCode ?? 502, answered).end(body);
        },
        // Whoever asked has left.
        () => outgoing.destroy(),
      );
    });
    asked.on('error', () => outgoing.writeHead(502).end());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  };
  const server = createServer({ key: ISSUED_KEY, cert: certificate }, proxy);
  server.on('checkContinue', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (refuses(incoming) !== undefined) return proxy(incoming, outgoing);
    outgoing.writeContinue();
    incoming.resume();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
}
