import { lookup as resolve } from 'node:dns';
import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { isLoopbackAddress, isLoopbackHost } from '../../process/loopback.ts';
import { elsewhere } from '../load/place.ts';
import { currentTrace } from '../tracing/current-trace.ts';
import type { Span, Trace } from '../tracing/trace.ts';
import { isPublicAddress } from './public-address.ts';

/** A request to an address that somebody else chose. */
export interface OutboundRequest {
  url: URL;
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  /** A request with a body carries an Idempotency-Key, because it may be sent again while nobody has answered. */
  body?: string | Uint8Array;
}

/**
 * - `public`: the public internet, over https.
 * - `with loopback`: also this machine by its own name or address, and then over http, too (see `addressesOf`).
 * - `any`: for addresses in the operator's own configuration only.
 */
export type AllowedAddresses = 'public' | 'with loopback' | 'any';

export interface OutboundLimits {
  addresses: AllowedAddresses;
  /** From the start to the last byte of the answer. */
  timeoutMs: number;
  maxBytes: number;
  /** Replaces the system's resolver, for tests. */
  resolver?: typeof resolve;
}

export type OutboundResult =
  | {
      outcome: 'answered';
      status: number;
      /** By lower-case name, each with all its values. */
      headers: Readonly<Record<string, readonly string[] | undefined>>;
      body: Buffer;
      /** Whether there was more than `maxBytes`, which was not read. */
      isCut: boolean;
      /** When the headers arrived, in milliseconds since the epoch. */
      receivedAtMs: number;
      tookMs: number;
    }
  /** Not sent, for a reason that can be read from the URL. */
  | { outcome: 'refused'; reason: UrlRefusal }
  /** Nobody was reached. It says neither why nor when, because the answer would tell about networks that are not the caller's to see. */
  | { outcome: 'unreachable' }
  /** A server on the public internet has a certificate that is not valid. `code` is OpenSSL's or Node's. */
  | { outcome: 'certificate'; code: string }
  /** A server was reached and then failed: it was too slow, broke off, or encoded its answer although it was asked not to. */
  | { outcome: 'failed'; reason: 'timeout' | 'broken' | 'coding'; status?: number; tookMs: number };

export type UrlRefusal = 'scheme' | 'https' | 'credentials' | 'port' | 'not_public';

/** How long a server may take until TLS is established. Whoever is not reached is called unreachable at its end, and never before. */
const REACH_MS = 3_000;
const MAX_TRIES = 3;
const PAUSE_MS = 200;
const MAX_HEADER_BYTES = 16 * 1024;
const MAX_HEADERS = 100;
/** Times are told in this unit, because finer ones would tell about networks. */
const TIME_UNIT_MS = 100;
const FIRST_UNPRIVILEGED_PORT = 1024;
/** The ports from 1024 up that browsers block, so that no page can be there (Fetch section 2.9). */
const BAD_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/**
 * The one call to addresses that vendors choose (invariant 16). It follows no redirect, decodes nothing, and is bounded in size and time.
 *
 * - **Addresses are judged when the connection is made**, and the connection goes to the address that was judged. So a name cannot resolve
 *   to another one afterwards (DNS rebinding).
 * - **Until a server is reached, failures look alike**: a closed port, a silent one, one that speaks another protocol, a name without an
 *   address and a private network are all `unreachable` after the same time. Reached means that TLS is established; over http, which
 *   exists on this machine only, that an answer has begun.
 * - **It tries again while that time lasts**, because a server that restarts is back within a moment, and the time is spent anyway.
 */
export async function callGuarded(request: OutboundRequest, limits: OutboundLimits): Promise<OutboundResult> {
  const trace = currentTrace();
  return trace ? callInTrace(trace, request, limits) : call(request, limits);
}

/** Tells the receiver to which trace the call belongs. Of the address, a span has the host: the rest may have a secret in it. */
async function callInTrace(trace: Trace, request: OutboundRequest, limits: OutboundLimits): Promise<OutboundResult> {
  const { method, url } = request;
  const span = trace.begin(method, 'client', { 'http.request.method': method, 'server.address': hostOf(url) });
  const headers = { ...request.headers, traceparent: trace.traceparent(span) };
  const result = await call({ ...request, headers }, limits);
  if (span) endSpan(trace, span, result);
  return result;
}

function endSpan(trace: Trace, span: Span, result: OutboundResult): void {
  const { status } = { status: undefined, ...result };
  if (status !== undefined) span.attributes['http.response.status_code'] = status;
  if (result.outcome !== 'answered') trace.end(span, result.outcome === 'failed' ? result.reason : result.outcome);
  else trace.end(span, result.status >= 400 ? String(result.status) : undefined);
}

async function call(request: OutboundRequest, limits: OutboundLimits): Promise<OutboundResult> {
  const refusal = refusalOf(request.url, limits.addresses);
  if (refusal) return { outcome: 'refused', reason: refusal };
  const startedAtMs = performance.now();
  const tookMs = () => Math.ceil((performance.now() - startedAtMs) / TIME_UNIT_MS) * TIME_UNIT_MS;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), limits.timeoutMs);
  try {
    return await elsewhere(async () => {
      const reached = await reach(request, limits);
      if (!('response' in reached)) return reached;
      return { ...(await readAnswer(reached, limits, timeout.signal)), tookMs: tookMs() };
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Why a URL is refused before anything is sent; undefined when it is not. */
export function refusalOf(url: URL, allowed: AllowedAddresses): UrlRefusal | undefined {
  const { protocol, username, password, port } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return 'scheme';
  if (username || password) return 'credentials';
  const number = Number(port);
  if (port && ((number < FIRST_UNPRIVILEGED_PORT && number !== 80 && number !== 443) || BAD_PORTS.has(number))) {
    return 'port';
  }
  if (allowed === 'any') return undefined;
  // IP addresses and localhost are checked here, because they do not go through `lookup`.
  if (isLoopbackHost(url.hostname)) return allowed === 'with loopback' ? undefined : 'not_public';
  const host = hostOf(url);
  if (isIP(host) && !isPublicAddress(host)) return 'not_public';
  return protocol === 'https:' ? undefined : 'https';
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** On this machine, a certificate would tell one port from another. */
function mayTellCertificate({ url }: OutboundRequest, { addresses }: OutboundLimits): boolean {
  return addresses === 'any' || !isLoopbackHost(url.hostname);
}

/** A request on its way. */
interface Opened {
  request: ClientRequest;
  /** Settles when the server is reached, or is known not to be. */
  reached: Promise<void>;
  response: Promise<IncomingMessage>;
}

/** Lasts exactly as long for everybody who is not reached. */
async function reach(request: OutboundRequest, limits: OutboundLimits): Promise<Opened | OutboundResult> {
  const isHttp = request.url.protocol === 'http:';
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), isHttp ? limits.timeoutMs : Math.min(REACH_MS, limits.timeoutMs));
  const end = new Promise<void>((done) => over.signal.addEventListener('abort', () => done(), { once: true }));
  try {
    for (let tries = 1; tries <= MAX_TRIES && !over.signal.aborted; tries += 1) {
      const opened = open(request, limits);
      try {
        await Promise.race([opened.reached, end]);
        if (!over.signal.aborted) return opened;
      } catch (error) {
        const code = certificateCode(error);
        if (code !== undefined && mayTellCertificate(request, limits)) return { outcome: 'certificate', code };
      }
      opened.request.destroy();
      await Promise.race([end, delay(PAUSE_MS * tries, undefined, { signal: over.signal }).catch(() => {})]);
    }
    await end;
    return { outcome: 'unreachable' };
  } finally {
    clearTimeout(timer);
  }
}

function open({ url, method, headers, body }: OutboundRequest, limits: OutboundLimits): Opened {
  const options: RequestOptions = {
    agent: false,
    method,
    maxHeaderSize: MAX_HEADER_BYTES,
    lookup: guarded(limits.resolver ?? resolve, judgeOf(url, limits.addresses)),
    headers: { ...headers, 'accept-encoding': 'identity' },
  };
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  request.maxHeadersCount = MAX_HEADERS;
  const response = new Promise<IncomingMessage>((done, fail) => {
    request.on('response', done).on('error', fail);
  });
  const secured = new Promise<void>((done) => {
    request.on('socket', (socket) => socket.once('secureConnect', () => done()));
  });
  const answered = response.then(() => {});
  const reached = url.protocol === 'https:' ? Promise.race([secured, answered]) : answered;
  // Errors after the end of the call interest nobody.
  for (const promise of [response, answered, reached]) promise.catch(() => {});
  request.end(body);
  return { request, reached, response };
}

/** Which addresses a name may have. One of this machine's own names has only its own. */
function judgeOf(url: URL, allowed: AllowedAddresses): (address: string) => boolean {
  if (allowed === 'any') return () => true;
  return isLoopbackHost(url.hostname) ? isLoopbackAddress : isPublicAddress;
}

/** Wraps a resolver so that it fails for a name that has any forbidden address. The connection goes to what it returns. */
function guarded(resolver: typeof resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { family: options.family, hints: options.hints, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) {
        return callback(new Error('The name has an address that may not be called.'), '', 0);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

type Read =
  | Omit<Extract<OutboundResult, { outcome: 'answered' }>, 'tookMs'>
  | Omit<Extract<OutboundResult, { outcome: 'failed' }>, 'tookMs'>;

async function readAnswer(opened: Opened, { maxBytes }: OutboundLimits, timeout: AbortSignal): Promise<Read> {
  const stop = () => opened.request.destroy();
  timeout.addEventListener('abort', stop, { once: true });
  let status: number | undefined;
  try {
    if (timeout.aborted) return { outcome: 'failed', reason: 'timeout' };
    const response = await opened.response;
    const receivedAtMs = Date.now();
    status = response.statusCode ?? 0;
    const { headersDistinct: headers } = response;
    const coding = response.headers['content-encoding'] ?? 'identity';
    if (coding.trim().toLowerCase() !== 'identity') return { outcome: 'failed', reason: 'coding', status };
    return { outcome: 'answered', status, headers, receivedAtMs, ...(await readBody(response, maxBytes)) };
  } catch {
    return {
      outcome: 'failed',
      reason: timeout.aborted ? 'timeout' : 'broken',
      ...(status !== undefined && { status }),
    };
  } finally {
    timeout.removeEventListener('abort', stop);
    stop();
  }
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<{ body: Buffer; isCut: boolean }> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    parts.push(part as Buffer);
    length += (part as Buffer).length;
    if (length > maxBytes) break;
  }
  return { body: Buffer.concat(parts).subarray(0, maxBytes), isCut: length > maxBytes };
}

/** Codes of OpenSSL and of Node's TLS module about certificates. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

function certificateCode(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && CERTIFICATE.test(code) ? code : undefined;
}
