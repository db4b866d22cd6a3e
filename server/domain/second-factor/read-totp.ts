import { CODE_LENGTH } from './format.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** From the 80 bits that many systems have made to the block of SHA-1, beyond which a key is hashed first. */
const [MIN_BYTES, MAX_BYTES] = [10, 64];

/**
 * Reads the secret of an authenticator app as other systems keep it: in base 32, or in the address that its QR code had
 * (`otpauth://totp/…?secret=…`). Codes of six digits, by SHA-1, every 30 seconds, as nearly all apps make them, are checked here; no others.
 * @returns the secret in base 32, or what is wrong with it
 */
export function readTotp(text: string): { secret: string } | { problem: string } {
  const isAddress = /^otpauth:/i.test(text);
  const parameters = isAddress ? parametersIn(text) : new URLSearchParams({ secret: text });
  if (!parameters) return { problem: 'is no address of otpauth://totp/' };
  const is = (name: string, expected: string) => (parameters.get(name) ?? expected).toUpperCase() === expected;
  if (!is('algorithm', 'SHA1') || !is('digits', String(CODE_LENGTH)) || !is('period', '30'))
    return { problem: 'makes other codes than those of six digits, by SHA-1, every 30 seconds' };
  const secret = (parameters.get('secret') ?? '')
    .replaceAll(/[\s-]/g, '')
    .replace(/={0,6}$/, '')
    .toUpperCase();
  const isBase32 = [...secret].every((character) => BASE32.includes(character));
  const bytes = Math.floor((secret.length * 5) / 8);
  return isBase32 && bytes >= MIN_BYTES && bytes <= MAX_BYTES
    ? { secret }
    : { problem: `is no secret of ${MIN_BYTES} to ${MAX_BYTES} bytes in base 32` };
}

/** Bytes in base 32, without padding (RFC 4648 section 6). */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function parametersIn(address: string): URLSearchParams | undefined {
  if (!URL.canParse(address)) return undefined;
  const { host, searchParams } = new URL(address);
  return host.toLowerCase() === 'totp' ? searchParams : undefined;
}
