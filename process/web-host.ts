/** Names in ASCII, and IPv6 addresses. The WHATWG's parser lets more through, of which no name in the DNS is made: `' " $ ( ) ; & { }`. */
const WEB_HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/**
 * Whether a host, as `URL` writes it, has only characters that names and addresses have. Whatever else a host says may be code where it is
 * printed: in a Content-Security-Policy, in a program that vendors copy, in a command.
 */
export function isWebHost(hostname: string): boolean {
  return WEB_HOST.test(hostname);
}
