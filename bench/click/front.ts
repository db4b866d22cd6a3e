import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request as forward } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/run.ts';
import { ensureProgram } from '../../scripts/system-packages.ts';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** What Chromium's `--ignore-certificate-errors-spki-list` takes. What is ignored by it is cached all the same. */
  readonly digest: string;
}

/** A certificate that nobody signed, for this run alone. @throws Error without OpenSSL */
export async function makeCertificate(): Promise<Certificate> {
  await ensureProgram(['/usr/bin/openssl'], ['openssl']);
  const cwd = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  try {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem'];
    const words = ['req', '-x509', ...key, '-out', 'cert.pem', '-days', '2', '-subj', '/CN=localhost'];
    const { exitCode, output } = await run('openssl', words, { cwd });
    if (exitCode !== 0) throw new Error(`openssl failed: ${output}`);
    const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
    const spki = new X509Certificate(read('cert.pem')).publicKey.export({ type: 'spki', format: 'der' });
    const digest = createHash('sha256').update(spki).digest('base64');
    return { key: read('key.pem'), cert: read('cert.pem'), digest };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

export type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** Answers by https and HTTP/2, as what stands before a server in production does. */
export async function startFront({ key, cert }: Certificate, answer: Answer): Promise<Http2SecureServer> {
  const server = createSecureServer({ key, cert, allowHTTP1: true }, answer);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

/** What belongs to one connection (RFC 9113 section 8.2.2). */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** Hands each request on to a server that speaks HTTP/1.1 on this machine. */
export function handOn(port: number, onRequest: (path: string) => void): Answer {
  const agent = new Agent({ keepAlive: true });
  return (asked, response) => {
    onRequest(asked.url);
    const given = Object.entries(asked.headers).filter(([name]) => !name.startsWith(':'));
    const headers = {
      ...Object.fromEntries(given),
      host: asked.authority ?? asked.headers.host,
      'x-forwarded-proto': 'https',
    };
    const handed = forward(
      { port, host: 'localhost', agent, method: asked.method, path: asked.url, headers },
      (answer) => {
        const kept = Object.entries(answer.headers).filter(([name]) => !OF_CONNECTION.has(name));
        response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
        answer.pipe(response);
      },
    );
    handed.on('error', () => response.destroy());
    asked.pipe(handed);
  };
}
