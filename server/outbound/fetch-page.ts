import { lookup as resolve } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isLoopback, isLoopbackAddress, isPublicAddress } from './public-address.ts';

export type FetchedPage =
  | {
      outcome: 'reached';
      /** The final URL, after redirects. */
      url: string;
      status: number;
      /** By lower-case name, each with all its values. */
      headers: Readonly<Record<string, readonly string[] | undefined>>;
      /** The first megabyte, as UTF-8. */
      body: string;
      /** When the headers arrived, in milliseconds since the epoch. */
      receivedAtMs: number;
    }
  /** `reason` is a short code, e.g. ENOTFOUND or timeout. */
  | { outcome: 'unreachable'; url: string; reason: string }
  /** The address is not on the public internet, and was not contacted. */
  | { outcome: 'not_public'; url: string };

export interface FetchPageOptions {
  /** The platform's public URL. Loopback addresses are fetched only when it is a loopback address itself. */
  publicUrl: string;
  /** Limit for the whole fetch, redirects included. Default: 5 seconds. */
  timeoutMs?: number;
  /** Replaces the system's resolver, for tests. */
  resolver?: typeof resolve;
}

const TIMEOUT_MS = 5_000;
const MAX_REDIRECTS = 3;
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_HEADER_BYTES = 32 * 1024;
const FIRST_UNPRIVILEGED_PORT = 1024;
/** The ports from 1024 up that browsers block, so that no page can be there (Fetch section 2.9). */
const BAD_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

class NotPublicError extends Error {
  override name = 'NotPublicError';
}

/**
 * Fetches a page at an address that a user entered, without cookies or credentials, and follows at most three redirects. Private networks
 * are never contacted: each address is checked when the connection is made, so a name cannot resolve to another address after the check.
 */
export async function fetchPage(address: string, options: FetchPageOptions): Promise<FetchedPage> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let url = new URL(address);
  try {
    for (let redirects = 0; ; redirects += 1) {
      const refusal = refusalOf(url);
      if (refusal) return { outcome: 'unreachable', url: url.href, reason: refusal };
      const response = await get(url, options, signal);
      const receivedAtMs = Date.now();
      const { statusCode: status = 0, headersDistinct: headers } = response;
      const location = status >= 300 && status < 400 ? response.headers.location : undefined;
      if (location === undefined || !URL.canParse(location, url)) {
        return { outcome: 'reached', url: url.href, status, headers, body: await readBody(response), receivedAtMs };
      }
      response.destroy();
      if (redirects >= MAX_REDIRECTS) return { outcome: 'unreachable', url: url.href, reason: 'too many redirects' };
      url = new URL(location, url);
    }
  } catch (error) {
    if (error instanceof NotPublicError) return { outcome: 'not_public', url: url.href };
    return { outcome: 'unreachable', url: url.href, reason: signal.aborted ? 'timeout' : reasonOf(error) };
  }
}

/** Why a URL is refused before its name is resolved; undefined when it is not. */
function refusalOf({ protocol, username, password, port }: URL): string | undefined {
  if (protocol !== 'http:' && protocol !== 'https:') return 'not http';
  if (username || password) return 'credentials';
  const number = Number(port);
  return port && ((number < FIRST_UNPRIVILEGED_PORT && number !== 80 && number !== 443) || BAD_PORTS.has(number))
    ? 'port'
    : undefined;
}

function get(
  url: URL,
  { publicUrl, resolver = resolve }: FetchPageOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const mayLoopBack = isLoopback(url) && isLoopback(new URL(publicUrl));
  const isAllowed = (address: string) => isPublicAddress(address) || (mayLoopBack && isLoopbackAddress(address));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // IP addresses and localhost are checked here, because they do not go through `lookup`.
  if ((isIP(host) && !isAllowed(host)) || (isLoopback(url) && !mayLoopBack)) throw new NotPublicError();
  const options: RequestOptions = {
    agent: false,
    signal,
    maxHeaderSize: MAX_HEADER_BYTES,
    lookup: guarded(resolver, isAllowed),
    headers: {
      accept: 'text/html,application/xhtml+xml',
      'accept-encoding': 'identity',
      'user-agent': `Mozilla/5.0 (compatible; signup-doctor; +${publicUrl})`,
    },
  };
  return new Promise((done, fail) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    request.on('response', done).on('error', fail).end();
  });
}

/** Wraps a resolver so that it fails for a name that has any forbidden address. */
function guarded(resolver: typeof resolve, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolver(hostname, { family: options.family, hints: options.hints, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowed(address))) return callback(new NotPublicError(), '', 0);
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Reads the first megabyte, counted after decompression. */
async function readBody(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of decoded(response)) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= MAX_BODY_BYTES) break;
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(parts).subarray(0, MAX_BODY_BYTES).toString();
}

/** Decompresses the response, because some servers compress although they were asked not to. */
function decoded(response: IncomingMessage): Readable {
  const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
    gzip: createGunzip,
    br: createBrotliDecompress,
    deflate: createInflate,
  };
  const decoder = decoders[response.headers['content-encoding'] ?? '']?.();
  if (!decoder) return response;
  response.on('error', (error) => decoder.destroy(error));
  return response.pipe(decoder);
}

/** A code such as ECONNREFUSED, or OpenSSL's code for a bad certificate. It contains no part of the page. */
function reasonOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? 'error');
}
