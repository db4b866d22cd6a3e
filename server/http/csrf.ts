import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { mask, unmask } from './mask.ts';

/**
 * Whether a form was sent from one of our own pages, according to Sec-Fetch-Site (Fetch Metadata) and Origin, which the browser sets.
 * A client that sends neither passes, because it is not a browser and so has no cookies that another site could abuse.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  return origin === undefined || origin === publicUrl;
}

/** Tokens that prove that a form comes from the page that was rendered for it: the second defence behind {@link isSameOrigin}. */
export class CsrfTokens {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** Masked, so that it is another in each page. @param subject what the token is bound to, e.g. an interaction's id */
  issue(subject: string): string {
    return mask(this.#tokenOf(subject)).toString('base64url');
  }

  accepts(subject: string, token: unknown): boolean {
    if (typeof token !== 'string') return false;
    const masked = Buffer.from(token, 'base64url');
    const given = unmask(masked);
    const expected = this.#tokenOf(subject);
    if (given.length !== expected.length || masked.toString('base64url') !== token) return false;
    return timingSafeEqual(given, expected);
  }

  #tokenOf(subject: string): Buffer {
    return createHmac('sha256', this.#key).update(`csrf\n${subject}`).digest();
  }
}
