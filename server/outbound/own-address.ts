import type { lookup as resolve } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { createGunzip, constants as zlib } from 'node:zlib';

/** What the server's certificate says, valid or not. */
export interface CertificateFacts {
  outcome: 'shown';
  /** OpenSSL's or Node's code for what is wrong with it; undefined when programs and browsers with the same roots accept it. */
  problem?: string;
  names: readonly string[];
  issuer: string;
  validFrom: Date;
  validTo: Date;
  /** Such as `TLSv1.3`. */
  protocol: string;
  hasHttp2: boolean;
}

export interface Unreached {
  outcome: 'unreached';
  /** Such as `ECONNREFUSED` or `ENOTFOUND`. */
  code: string;
}

export interface OwnRequest {
  path: string;
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** A body is announced, but only sent as far as somebody asks for it (`100-continue`), which ends the request. */
  announcedBytes?: number;
}

export interface OwnAnswer {
  outcome: 'answered';
  status: number;
  headers: Readonly<Record<string, readonly string[] | undefined>>;
  body: string;
  /** Whether the connection of an earlier request served this one. */
  isReused: boolean;
  receivedAtMs: number;
  /** From which this machine connected. */
  localAddress: string;
  /** That answered. */
  remoteAddress: string;
}

export interface OwnAddressOptions {
  /** For each call. */
  timeoutMs: number;
  /** Replaces the system's resolver, for tests. */
  resolver?: typeof resolve | undefined;
}

const MAX_BODY_BYTES = 1024 * 1024;
const WITH_HTTP2 = ['h2', 'http/1.1'];

/**
 * Calls of the installation's own public address, made by the operator's own command and by nothing that a vendor or a stranger can start.
 * Where it is has been set by the operator, so it may be private (invariant 16). Besides an answer it reports on the connection, which the
 * guarded call hides. It follows no redirect, and is bounded in time and size. It sends nothing to a server whose certificate is not valid.
 */
export class OwnAddress {
  readonly #url: URL;
  readonly #options: OwnAddressOptions;
  readonly #agent: HttpAgent;

  constructor(publicUrl: string, options: OwnAddressOptions) {
    this.#url = new URL(publicUrl);
    this.#options = options;
    const kept = { keepAlive: true, maxSockets: 1 };
    this.#agent = this.#url.protocol === 'https:' ? new HttpsAgent(kept) : new HttpAgent(kept);
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Looks at the certificate, also at one that is not valid, and says nothing. */
  certificate(): Promise<CertificateFacts | Unreached> {
    const { hostname, port } = this.#url;
    const host = hostname.replace(/^\[|\]$/g, '');
    return new Promise((settle) => {
      const socket = connect({
        host,
        port: Number(port || 443),
        ...(isIP(host) === 0 && { servername: host }),
        ALPNProtocols: WITH_HTTP2,
        rejectUnauthorized: false,
        timeout: this.#options.timeoutMs,
        ...(this.#options.resolver && { lookup: this.#options.resolver }),
      });
      const end = (result: CertificateFacts | Unreached) => {
        clearTimeout(timer);
        socket.destroy();
        settle(result);
      };
      const timer = setTimeout(() => end({ outcome: 'unreached', code: 'ETIMEDOUT' }), this.#options.timeoutMs);
      socket.once('error', (error) => end({ outcome: 'unreached', code: codeOf(error) }));
      socket.once('secureConnect', () => {
        const problem = socket.authorized ? undefined : codeOf(socket.authorizationError);
        end({
          outcome: 'shown',
          ...(problem !== undefined && { problem }),
          ...readCertificate(socket.getPeerCertificate()),
          protocol: socket.getProtocol() ?? '',
          hasHttp2: socket.alpnProtocol === 'h2',
        });
      });
    });
  }

  /** One request after the other goes over the same connection, as long as the server keeps it. */
  ask(request: OwnRequest): Promise<OwnAnswer | Unreached> {
    const { timeoutMs } = this.#options;
    return new Promise((settle) => {
      const sent = this.#request(request, this.#agent, (response) => {
        const { localAddress = '', remoteAddress = '' } = response.socket;
        readText(response).then(
          (body) =>
            end({
              outcome: 'answered',
              status: response.statusCode ?? 0,
              headers: response.headersDistinct,
              body,
              isReused: sent.reusedSocket,
              receivedAtMs: Date.now(),
              localAddress,
              remoteAddress,
            }),
          (error) => end({ outcome: 'unreached', code: codeOf(error) }),
        );
      });
      const end = (result: OwnAnswer | Unreached) => {
        clearTimeout(timer);
        settle(result);
      };
      const timer = setTimeout(() => {
        end({ outcome: 'unreached', code: 'ETIMEDOUT' });
        sent.destroy();
      }, timeoutMs);
      sent.once('error', (error) => end({ outcome: 'unreached', code: codeOf(error) }));
      sent.once('continue', () => {
        // Whoever asks for the body takes one of this length. It need not be sent.
        const nothing = { headers: {}, body: '', isReused: false, localAddress: '', remoteAddress: '' };
        end({ outcome: 'answered', status: 100, receivedAtMs: Date.now(), ...nothing });
        sent.destroy();
      });
      if (request.announcedBytes === undefined) sent.end();
      else sent.flushHeaders();
    });
  }

  /** Waits for text at the beginning of an answer that goes on, over a connection of its own. @returns false when it does not come in time */
  begins(path: string, headers: Readonly<Record<string, string>>, text: string): Promise<boolean> {
    return new Promise((settle) => {
      const end = (hasBegun: boolean) => {
        clearTimeout(timer);
        settle(hasBegun);
        sent.destroy();
      };
      const asBrowsersDo = { ...headers, 'accept-encoding': 'gzip' };
      const sent = this.#request({ path, headers: asBrowsersDo }, false, (response) => {
        const isGzip = response.headers['content-encoding'] === 'gzip';
        const body = isGzip ? response.pipe(createGunzip({ flush: zlib.Z_SYNC_FLUSH })) : response;
        let seen = '';
        body.on('error', () => end(false)).on('end', () => end(false));
        body.on('data', (chunk: Buffer) => {
          seen += chunk.toString();
          if (seen.startsWith(text)) end(true);
        });
      });
      const timer = setTimeout(() => end(false), this.#options.timeoutMs);
      sent.on('error', () => end(false));
      sent.end();
    });
  }

  #request(
    { path, method = 'GET', headers = {}, announcedBytes }: OwnRequest,
    agent: HttpAgent | false,
    onResponse: (response: IncomingMessage) => void,
  ) {
    const { resolver } = this.#options;
    const options: RequestOptions = {
      agent,
      method,
      headers: {
        ...headers,
        ...(announcedBytes !== undefined && { 'content-length': announcedBytes, expect: '100-continue' }),
      },
      ...(resolver && { lookup: resolver }),
    };
    const send = this.#url.protocol === 'https:' ? requestHttps : requestHttp;
    return send(new URL(path, this.#url), options, onResponse);
  }
}

function readCertificate(certificate: PeerCertificate) {
  const names = (certificate.subjectaltname ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  const { O: organization, CN: name } = certificate.issuer ?? {};
  return {
    names: names.filter(Boolean),
    issuer: [organization ?? name ?? ''].flat().join(', '),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    length += (part as Buffer).length;
    if (length > MAX_BODY_BYTES) break;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}

function codeOf(error: unknown): string {
  const { code, message } = (typeof error === 'object' && error !== null ? error : { message: error }) as {
    code?: unknown;
    message?: unknown;
  };
  return typeof code === 'string' ? code : String(message);
}
