import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, isLoopbackHost } from '../../process/loopback.ts';

/** What proxies, load balancers, tunnels and content delivery networks add to a request. */
const FORWARDED =
  /^(?:forwarded|via|cdn-loop|true-client-ip|(?:x-forwarded|x-original|x-real|x-client|x-cluster|x-envoy|x-amzn|x-appengine|x-cloud|x-azure|cf|fly|fastly|ngrok|tailscale)-.+)$/;

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
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  );
}
