import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, isLoopbackHost } from '../../process/loopback.ts';

/** What proxies, load balancers, tunnels and content delivery networks add to a request. */
const ADDED_NAMES: ReadonlySet<string> = new Set([
  'cdn-loop',
  'client-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'wl-proxy-client-ip',
  'x-forwarded',
  'x-host',
  'x-proxyuser-ip',
]);
const ADDED_PREFIXES = [
  'x-forwarded-',
  'x-forwarded_',
  'x-original-',
  'x-real-',
  'x-client-',
  'x-cluster-',
  'x-envoy-',
].concat(['x-amzn-', 'x-appengine-', 'x-cloud-', 'x-azure-', 'cf-', 'fly-', 'fastly-', 'ngrok-', 'tailscale-']);
const isAdded = (name: string) => ADDED_NAMES.has(name) || ADDED_PREFIXES.some((prefix) => name.startsWith(prefix));

/**
 * Whether a program on this machine sent a request straight to the server. The peer alone does not tell, because a reverse proxy or a tunnel
 * on this machine makes a stranger look local; nor does the Host header alone, because a page whose name somebody points at 127.0.0.1 (DNS
 * rebinding) sends its own. A forwarded port (`ssh -L`, containers) leaves no trace, so anything that must not be public needs a secret too.
 */
export function isLocalRequest({ socket, headers }: IncomingMessage): boolean {
  const peer = socket.remoteAddress;
  const host = `http://${headers.host ?? ''}`;
  return (
    peer !== undefined &&
    isLoopbackAddress(peer) &&
    URL.canParse(host) &&
    isLoopbackHost(new URL(host).hostname) &&
    !Object.keys(headers).some((name) => isAdded(name))
  );
}
