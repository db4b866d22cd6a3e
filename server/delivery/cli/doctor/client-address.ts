import type { DiagnosticsReport } from '#http/diagnostics-report.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** An address for documentation (RFC 5737), which nobody has. The doctor claims it, as an attacker would. */
export const CLAIMED_ADDRESS = '203.0.113.77';

const PASS_THE_ADDRESS =
  'Let the proxy add the address of whoever connects to it. nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; Caddy and Traefik do so by themselves.';

/** Ranges as the settings name them, and as operators write them. */
const NAMES: Readonly<Record<string, string>> = {
  uniquelocal: 'every private network (`private`)',
  linklocal: 'every neighbour on its link (`linklocal`)',
};
/** A range with a shorter prefix is whole networks of others, not a network of proxies. */
const SHORTEST_PREFIX = 16;

function isWide(entry: string): boolean {
  const [, prefix] = entry.split('/');
  return entry in NAMES || (prefix !== undefined && Number(prefix) < SHORTEST_PREFIX);
}

/**
 * Whether limits count people's own addresses. The doctor has sent an X-Forwarded-For of its own, which must count for nothing.
 * @param ownAddress from which this machine connected
 */
export function judgeClientAddress(
  {
    request,
    settings,
  }: Pick<DiagnosticsReport, 'request'> & { settings: Pick<DiagnosticsReport['settings'], 'trustProxy'> },
  ownAddress: string,
): Finding {
  const { forwardedFor, clientAddress, peer, isPeerTrusted } = request;
  const chain = (forwardedFor ?? '').split(',').map((entry) => entry.trim());
  const last = chain.at(-1) ?? '';
  if (clientAddress === CLAIMED_ADDRESS && !(isPeerTrusted && last === ownAddress)) {
    return problem(
      'client_address',
      last === CLAIMED_ADDRESS
        ? 'The proxy passes on an X-Forwarded-For that anybody may have sent, and adds nothing to it. Whoever sends one passes for anybody, past every limit.'
        : `TRUST_PROXY includes ${last}, from where requests come that are not your proxy’s. Whoever sends an X-Forwarded-For from there passes for anybody.`,
      last === CLAIMED_ADDRESS ? PASS_THE_ADDRESS : 'Name in TRUST_PROXY the addresses of your proxies and no others.',
    );
  }
  if (last === '' || last === CLAIMED_ADDRESS) {
    return problem(
      'client_address',
      `The proxy does not say who connects to it, so that everybody is ${peer}: one person who guesses passwords slows all others.`,
      PASS_THE_ADDRESS,
    );
  }
  if (!isPeerTrusted) {
    return problem(
      'client_address',
      `Requests come from ${peer}, which TRUST_PROXY does not name, so that everybody is ${clientAddress}: one person who guesses passwords slows all others.`,
      `If ${peer} is your proxy, set TRUST_PROXY=${peer} (or its network) and restart the server.`,
    );
  }
  const wide = settings.trustProxy.filter(isWide);
  if (wide.length > 0) {
    return warning(
      'client_address',
      `TRUST_PROXY trusts ${wide.map((entry) => NAMES[entry] ?? entry).join(', ')}. Whoever sends an X-Forwarded-For from there, from another container or through the proxy, passes for anybody.`,
      `Name your proxies alone: this request came through ${peer}.`,
    );
  }
  return ok(
    'client_address',
    `The server sees people’s own addresses (this machine’s is ${last}), whatever X-Forwarded-For they send.`,
  );
}
