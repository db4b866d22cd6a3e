import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../process/loopback.ts';
import type { Config } from '../config.ts';
import { isLocalRequest } from '../http/local-request.ts';
import { RETRY_LATER } from '../http/out-of-reach.ts';
import { hashSecret, secretMatches } from '../storage/ids.ts';

/** What `/metrics` answers: the figures of this process, or those of all that share its port. */
export interface Figures {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** Those of other processes did not come in time. */
export class FiguresTimeoutError extends Error {
  override name = 'FiguresTimeoutError';
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * At the platform's own address. How many people sign up is the operator's own business, so it answers whoever has the token. Where the
 * platform itself is on loopback, which nobody else can reach, it answers this machine without one. A public platform does not: behind a
 * proxy that adds no header, a stranger who sends `Host: localhost` looks local.
 */
export function answerAtAddress(
  figures: Figures,
  { metricsToken, publicUrl }: Pick<Config, 'metricsToken' | 'publicUrl'>,
): (request: IncomingMessage) => Promise<Answer> {
  const isPublic = !isLoopbackHost(new URL(publicUrl).hostname);
  const refusal = isPublic
    ? 'To read metrics, set METRICS_TOKEN and send it as a bearer token.'
    : 'Metrics are for programs on this machine. For others, set METRICS_TOKEN and send it as a bearer token.';
  return (request) =>
    answerTo(request, figures, {
      metricsToken,
      isOpen: !isPublic && isLocalRequest(request),
      refusal,
    });
}

/**
 * At a port of its own, which no proxy hands on to. Without a token it answers everybody who reaches it: this machine, unless HOST says
 * otherwise. With one, it asks everybody, because there is no address at which it could be forgotten.
 */
export function answerAtOwnPort(
  figures: Figures,
  { metricsToken, host }: Pick<Config, 'metricsToken' | 'host'>,
): (request: IncomingMessage) => Promise<Answer> {
  // A page whose name somebody points at 127.0.0.1 (DNS rebinding) is not of this machine.
  const isOpen = (request: IncomingMessage) =>
    metricsToken === undefined && (!isLoopbackHost(host) || isLocalRequest(request));
  const refusal = 'Metrics are for programs on this machine.';
  return (request) => answerTo(request, figures, { metricsToken, isOpen: isOpen(request), refusal });
}

async function answerTo(
  { headers }: IncomingMessage,
  figures: Figures,
  { metricsToken, isOpen, refusal }: { metricsToken: string | undefined; isOpen: boolean; refusal: string },
): Promise<Answer> {
  if (isOpen || hasToken(headers.authorization, metricsToken)) return read(figures);
  if (!metricsToken) return problem(403, 'forbidden', refusal);
  return problem(401, 'invalid_token', 'Send METRICS_TOKEN as a bearer token.', { 'www-authenticate': 'Bearer' });
}

async function read(figures: Figures): Promise<Answer> {
  try {
    return { status: 200, headers: { 'content-type': figures.contentType }, body: await figures.metrics() };
  } catch (error) {
    if (!(error instanceof FiguresTimeoutError)) throw error;
    return problem(
      503,
      'unavailable',
      'The figures of all workers did not come in time. Wait for Retry-After.',
      RETRY_LATER,
    );
  }
}

function problem(status: number, error: string, message: string, headers: Answer['headers'] = {}): Answer {
  const contentType = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...contentType, ...headers }, body: JSON.stringify({ error, message }) };
}

/** RFC 6750 section 2.1. */
function hasToken(authorization: string | undefined, metricsToken: string | undefined): boolean {
  const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  return given !== undefined && metricsToken !== undefined && secretMatches(given, hashSecret(metricsToken));
}
