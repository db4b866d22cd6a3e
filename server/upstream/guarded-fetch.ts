import type { CustomFetch } from 'openid-client';
import { callGuarded } from '../outbound/guarded-call.ts';

/** For each call to an upstream: somebody is waiting. */
const TIMEOUT_MS = 8_000;
/** Metadata and keys of the largest providers have a few ten thousand. */
const MAX_BYTES = 512 * 1024;

/** The upstream was not reached, too slow, or had an error of its own. Trying again may help. */
export class UpstreamUnavailableError extends Error {
  override name = 'UpstreamUnavailableError';
}

/** openid-client wraps what a call throws. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof UpstreamUnavailableError) return true;
  return error instanceof Error && error.cause !== undefined && isUnavailable(error.cause);
}

/**
 * How openid-client calls an upstream: as everything that leaves the server (invariant 16). The operator has written down where an upstream is,
 * so it may be on a private network; where it says that its endpoints are is believed like the rest of what it says.
 */
export const guardedFetch: CustomFetch = async (address, { method, headers, body }) => {
  if (method !== 'GET' && method !== 'POST') throw new TypeError(`no call to an upstream is a ${method}`);
  const result = await callGuarded(
    { url: new URL(address), method, headers, ...(body && { body: String(body) }) },
    { addresses: 'any', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
  );
  if (result.outcome !== 'answered') {
    const reason = 'reason' in result ? `: ${result.reason}` : '';
    throw new UpstreamUnavailableError(`${new URL(address).origin} was not reached (${result.outcome}${reason})`);
  }
  const { status, isCut } = result;
  if (status >= 500 || isCut) throw new UpstreamUnavailableError(`${new URL(address).origin} answered with ${status}`);
  const type = result.headers['content-type']?.[0];
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : new Uint8Array(result.body), {
    status,
    headers: type ? { 'content-type': type } : {},
  });
};
