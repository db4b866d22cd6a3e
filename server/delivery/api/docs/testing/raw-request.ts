import { connect } from 'node:net';

/** A request as bytes on the wire, which may be one that no HTTP client would send. */
export interface RawRequest {
  method: string;
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer;
}

export interface RawResponse {
  status: number;
  /** By lower-case name. Of repeated headers, the last counts. */
  headers: Map<string, string>;
  body: string;
}

/** Long, because a busy machine may stall for seconds. */
const TIMEOUT_MS = 60_000;

/** Sends a request on its own connection. @returns undefined when the server closed the connection without an answer */
export function sendRaw(port: number, { method, target, headers, body }: RawRequest): Promise<RawResponse | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const parts: Buffer[] = [];
    const lines = [`${method} ${target} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)];
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer to ${method} ${target.slice(0, 80)}`)));
    socket.on('data', (part) => parts.push(Buffer.from(part)));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The server may close the connection in the middle of a request that it refuses.
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') resolve(parse(Buffer.concat(parts)));
      else reject(error);
    });
    socket.on('close', () => resolve(parse(Buffer.concat(parts))));
    socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
  });
}

function parse(bytes: Buffer): RawResponse | undefined {
  // Interim responses (RFC 9110 section 15.2) come before the final one.
  const text = bytes.toString('utf8').replace(/^(HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n)+/, '');
  const end = text.indexOf('\r\n\r\n');
  const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  if (end === -1 || !status) return undefined;
  const lines = text.slice(0, end).split('\r\n').slice(1);
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(status), headers, body: text.slice(end + 4) };
}
