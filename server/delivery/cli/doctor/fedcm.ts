import { isDeepStrictEqual } from 'node:util';
import { getDomain } from 'tldts';
import { callGuarded, type OutboundLimits } from '#outbound/guarded-call.ts';
import { type Finding, notChecked, ok, warning } from './finding.ts';

const PATH = '/.well-known/web-identity';
const LIMITS = { timeoutMs: 5_000, maxBytes: 64 * 1024 };

/**
 * Browsers look for the file at the registrable domain, which may be a website of its own (FedCM section 3.1). What is there must name this
 * platform.
 */
export async function examineFedcm(publicUrl: string, resolver: OutboundLimits['resolver']): Promise<Finding> {
  const url = new URL(publicUrl);
  const domain = getDomain(url.hostname, { allowPrivateDomains: true });
  if (url.protocol !== 'https:' || domain === null) {
    return notChecked(
      'fedcm',
      'PUBLIC_URL has no registrable domain, so that the browser’s own dialog is not offered.',
    );
  }
  const ask = (at: URL) =>
    callGuarded(
      { url: at, method: 'GET', headers: { accept: 'application/json' } },
      { addresses: 'any', ...LIMITS, ...(resolver && { resolver }) },
    );
  const own = await ask(new URL(PATH, url));
  if (own.outcome !== 'answered' || own.status !== 200)
    return notChecked('fedcm', `${publicUrl}${PATH} was not answered.`);
  if (domain === url.hostname)
    return ok('fedcm', `${publicUrl} is a registrable domain, so that browsers find ${PATH} there.`);
  const there = new URL(PATH, `https://${domain}${url.port && `:${url.port}`}`);
  const answer = await ask(there);
  const isSame =
    answer.outcome === 'answered' &&
    answer.status === 200 &&
    isDeepStrictEqual(parse(answer.body.toString()), parse(own.body.toString()));
  return isSame
    ? ok('fedcm', `${there.href} names this platform.`)
    : warning(
        'fedcm',
        `${there.href} ${answer.outcome === 'answered' ? `is answered ${answer.status}, not with` : 'does not answer with'} what ${publicUrl}${PATH} says, so that browsers do not offer their own dialog, and the button opens the popup.`,
        `Serve the same content there, without a redirect. nginx: location = ${PATH} { proxy_pass ${publicUrl}; }`,
      );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
