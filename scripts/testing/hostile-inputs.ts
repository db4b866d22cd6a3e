/**
 * Inputs that broke this product or products like it, in one place, by kind. The unit tests walk each list, so that a new entry is a new
 * test. Invisible characters are written as escapes, because a reader must see them.
 */

/** What must be understood, and as what. */
export interface Understood<Input = string, Value = string> {
  readonly input: Input;
  readonly value: Value;
  /** What it is, and who sends it. */
  readonly what: string;
}

/** What must be refused, and with which rule, code or words. */
export interface Refused<Input = string> {
  readonly input: Input;
  readonly refusal: string;
  /** What it is, and who sends it. */
  readonly what: string;
}

export interface InputKind<Input = string, Value = string> {
  readonly understood: readonly Understood<Input, Value>[];
  readonly refused: readonly Refused<Input>[];
}

/** Network addresses as connections and proxies' headers name them, and the key under which their attempts are counted. */
export const NETWORK_ADDRESSES: InputKind<string, string | undefined> = {
  understood: [
    { input: '198.51.100.7', value: '198.51.100.7', what: 'IPv4' },
    { input: '2001:db8:1:2::7', value: '2001:db8:1:2:0:0:0:0/64', what: 'IPv6' },
    { input: '2001:DB8:1:2:ffff:ffff:ffff:fffe', value: '2001:db8:1:2:0:0:0:0/64', what: 'the same network' },
    { input: 'fe80::1%eth0', value: 'fe80:0:0:0:0:0:0:0/64', what: 'a zone id (RFC 4007)' },
    { input: 'fe80::2%7', value: 'fe80:0:0:0:0:0:0:0/64', what: 'a zone id as a number, by Windows' },
    { input: '::ffff:198.51.100.7', value: '198.51.100.7', what: 'IPv4-mapped, by a socket for both families' },
    { input: '::ffff:c633:6407', value: '198.51.100.7', what: 'IPv4-mapped, in hexadecimal' },
    { input: '::ffff:0:198.51.100.7', value: '198.51.100.7', what: 'IPv4-translated' },
    { input: '64:ff9b::198.51.100.7', value: '198.51.100.7', what: 'NAT64' },
    { input: '64:ff9b:1::c633:6407', value: '64:ff9b:1:0:0:0:c633:6407', what: 'NAT64 of a network of its own' },
    { input: '2002:c633:6407:9::1', value: '198.51.100.7', what: '6to4, whose /48 belongs to one IPv4 address' },
    { input: '2001:0:4136:e378:8000:63bf:39cc:9bf8', value: '198.51.100.7', what: 'Teredo' },
    { input: '198.51.100.7:50123', value: '198.51.100.7', what: 'with a port, by Azure Application Gateway' },
    { input: '[2001:db8:1:2::7]:50123', value: '2001:db8:1:2:0:0:0:0/64', what: 'with a port' },
    { input: ' 198.51.100.7 ', value: '198.51.100.7', what: 'with spaces' },
    { input: '::12', value: '0:0:0:0:0:0:0:0/64', what: 'nearly the loopback address' },
    { input: '12.7.0.1', value: '12.7.0.1', what: 'nearly a loopback address' },
    { input: '2002:7f00:1::1', value: '127.0.0.1', what: '6to4 that claims to be loopback' },
    { input: '64:ff9b::7f00:1', value: '127.0.0.1', what: 'NAT64 that claims to be loopback' },
    { input: 'unknown', value: 'unknown', what: 'no address (RFC 7239)' },
    { input: '_Hidden', value: '_hidden', what: 'an obfuscated one (RFC 7239)' },
    { input: '', value: '', what: 'nothing' },
    { input: '127.0.0.1', value: undefined, what: 'loopback' },
    { input: '127.8.9.10', value: undefined, what: 'loopback' },
    { input: '::1', value: undefined, what: 'loopback' },
    { input: '::ffff:127.0.0.1', value: undefined, what: 'loopback, IPv4-mapped' },
    { input: '::ffff:7f00:1', value: undefined, what: 'loopback, IPv4-mapped in hexadecimal' },
  ],
  refused: [],
};
