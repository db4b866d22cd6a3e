import type { DiagnosticsReport } from '#http/diagnostics-report.ts';
import type { OwnAnswer } from '#outbound/own-address.ts';
import { isPublicAddress } from '#outbound/public-address.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';

/** An address for documentation (RFC 5737), which nobody has. The doctor claims it, as an attacker would. */
export const CLAIMED_ADDRESS = '203.0.113.77';

const PASS_THE_ADDRESS =
  'Let the proxy add the address of whoever connects to it. nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; Caddy and Traefik do so by themselves.';
const SLOWS_ALL = 'one person who guesses passwords slows all others';

type Request = Pick<
  DiagnosticsReport['request'],
  'forwardedFor' | 'clientAddress' | 'peer' | 'isPeerTrusted' | 'visitorHeaders'
>;
type Connection = Pick<OwnAnswer, 'localAddress' | 'remoteAddress'>;

/** What arrived, with each address in the same notation. */
interface Arrived {
  readonly claims: boolean;
  /** What the proxies added: whom the outermost saw, then each proxy whom the next one saw. The peer has added the last. */
  readonly seen: readonly string[];
  /** Whom limits count. */
  readonly counted: string;
  readonly peer: string;
}

/**
 * Whether limits count people's own addresses. The doctor has sent an X-Forwarded-For of its own, which must count for nothing: what the
 * outermost proxy adds right after it is this machine, and nobody else may be counted.
 * @param connection on which this machine asked
 */
export function judgeClientAddress(
  { request, settings }: { request: Request; settings: Pick<DiagnosticsReport['settings'], 'trustProxy'> },
  connection: Connection,
): Finding {
  const arrived = read(request);
  return (
    judgeClaim(arrived, connection) ??
    judgeCounted(arrived, request.isPeerTrusted) ??
    judgeOtherHeaders(arrived, request.visitorHeaders) ??
    judgeWidth(arrived, settings.trustProxy) ??
    judgeVisitor(arrived, connection)
  );
}

function read({ forwardedFor = '', clientAddress, peer }: Request): Arrived {
  const chain = forwardedFor.split(',').map(bare).filter(Boolean);
  const claimedAt = chain.lastIndexOf(CLAIMED_ADDRESS);
  return { claims: claimedAt >= 0, seen: chain.slice(claimedAt + 1), counted: bare(clientAddress), peer: bare(peer) };
}

/** Some proxies add the port, and a socket that takes both families shows IPv4 as IPv6. */
function bare(text: string): string {
  const address = text.trim().replace(/^::ffff:(?=\d+\.)/i, '');
  return address.replace(/^\[(.*)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
}

/** Nobody may be believed who says of themselves where they come from. */
function judgeClaim({ seen: [visitor], counted }: Arrived, { localAddress }: Connection): Finding | undefined {
  // This machine is trusted, because the proxy runs on it.
  if (counted !== CLAIMED_ADDRESS || visitor === bare(localAddress)) return undefined;
  return visitor === undefined
    ? problem(
        'client_address',
        'The proxy passes on an X-Forwarded-For that anybody may have sent, and adds nothing to it. Whoever sends one passes for anybody, past every limit.',
        PASS_THE_ADDRESS,
      )
    : problem(
        'client_address',
        `TRUST_PROXY includes ${visitor}, from where requests come that are not your proxy’s. Whoever sends an X-Forwarded-For from there passes for anybody.`,
        'Name in TRUST_PROXY the addresses of your proxies and no others.',
      );
}

/** Each proxy on the way has to say whom it saw, and has to be trusted, or it stands for everybody behind it. */
function judgeCounted({ seen, counted, peer }: Arrived, isPeerTrusted: boolean): Finding | undefined {
  const [visitor, ...proxies] = seen;
  if (visitor === undefined) {
    return problem(
      'client_address',
      `The proxy does not say who connects to it, so that everybody is ${peer}: ${SLOWS_ALL}.`,
      PASS_THE_ADDRESS,
    );
  }
  if (!isPeerTrusted) {
    const all = [peer, ...proxies];
    return problem(
      'client_address',
      `Requests come from ${peer}, which TRUST_PROXY does not name, so that everybody is ${counted}: ${SLOWS_ALL}.`,
      `If ${listOf(all)} ${all.length === 1 ? 'is your proxy' : 'are your proxies'}, set TRUST_PROXY=${all.join(',')} (or their networks) and restart the server.`,
    );
  }
  if (counted === visitor || counted === CLAIMED_ADDRESS) return undefined;
  const uncounted = proxies.slice(0, Math.max(proxies.indexOf(counted), 0) + 1);
  return problem(
    'client_address',
    `TRUST_PROXY does not name every proxy on the way: everybody who comes through ${counted} is ${counted}, so that ${SLOWS_ALL}.`,
    `If that is your load balancer or content delivery network, add ${listOf(uncounted)} to TRUST_PROXY (or the networks that it publishes) and restart the server.`,
  );
}

/** A proxy that overwrites X-Forwarded-For may leave alone what a network in front of it says by a header of its own. */
function judgeOtherHeaders({ counted }: Arrived, headers: Request['visitorHeaders']): Finding | undefined {
  if (counted === CLAIMED_ADDRESS) return undefined;
  const [name, address] = Object.entries(headers).find(([, value]) => bare(value) !== counted) ?? [];
  if (name === undefined || address === undefined) return undefined;
  return problem(
    'client_address',
    `A content delivery network in front says (${name}) that this machine is ${bare(address)}, and counts ${counted} for the server, which is its own: ${SLOWS_ALL}.`,
    `Let the proxy behind it keep the X-Forwarded-For that it sends (Caddy: trusted_proxies, Traefik: forwardedHeaders.trustedIPs), and add the networks that it publishes to TRUST_PROXY.`,
  );
}

/** Ranges as the settings name them, and as operators write them. */
const NAMES: Readonly<Record<string, string>> = {
  uniquelocal: 'every private network (`private`)',
  linklocal: 'every neighbour on its link (`linklocal`)',
};
/** A range with a shorter prefix is whole networks of others, not a network of proxies. */
const SHORTEST_PREFIX = 16;
/** The widest range that a content delivery network publishes as its own alone (Cloudflare, 104.16.0.0/13). */
const SHORTEST_PUBLIC_PREFIX = 13;

function isWide(entry: string): boolean {
  const [address = '', prefix] = entry.split('/');
  const shortest = isPublicAddress(address) ? SHORTEST_PUBLIC_PREFIX : SHORTEST_PREFIX;
  return entry in NAMES || (prefix !== undefined && Number(prefix) < shortest);
}

function judgeWidth({ peer }: Arrived, trustProxy: readonly string[]): Finding | undefined {
  const wide = trustProxy.filter(isWide);
  if (wide.length === 0) return undefined;
  return warning(
    'client_address',
    `TRUST_PROXY trusts ${wide.map((entry) => NAMES[entry] ?? entry).join(', ')}. Whoever sends an X-Forwarded-For from there, from another container or through the proxy, passes for anybody.`,
    `Name your proxies alone: this request came through ${peer}.`,
  );
}

/** Whether the outermost proxy that can be seen saw this machine, and not another one that passes everybody's connections on. */
function judgeVisitor({ claims, seen: [visitor = ''] }: Arrived, connection: Connection): Finding {
  const [own, answering] = [bare(connection.localAddress), bare(connection.remoteAddress)];
  if (visitor !== own && !(claims && isPublicAddress(visitor) && visitor !== answering)) {
    return notChecked(
      'client_address',
      `The server takes this machine for ${visitor}. From here it cannot be told whether that is this machine’s own address, or that of a load balancer or network in front of your proxy, which would be everybody’s.`,
      `Compare ${visitor} with the address that this machine has on the internet. If it is another, let your proxy trust what stands in front (nginx: set_real_ip_from, Caddy: trusted_proxies, Traefik: forwardedHeaders.trustedIPs; a balancer of connections: the PROXY protocol), and add it to TRUST_PROXY.`,
    );
  }
  const asked = isPublicAddress(answering)
    ? ''
    : ` It was asked at ${answering}: what stands in front of that for others was not seen.`;
  return ok(
    'client_address',
    `The server sees people’s own addresses (this machine’s is ${visitor}), whatever X-Forwarded-For they send.${asked}`,
  );
}

function listOf(addresses: readonly string[]): string {
  return new Intl.ListFormat('en').format(addresses);
}
