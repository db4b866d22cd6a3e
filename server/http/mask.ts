import { randomBytes } from 'node:crypto';

/**
 * Hides bytes under a pad of their own length that is used once. What a page holds under such a mask differs in each response, so the
 * length of a compressed response tells nothing about it, whoever compresses it on the way (BREACH, CVE-2013-3587).
 * @returns the pad, then the bytes under it
 */
export function mask(secret: Uint8Array): Buffer {
  const pad = randomBytes(secret.length);
  return Buffer.concat([pad, xor(secret, pad)]);
}

/** @returns what was masked */
export function unmask(masked: Uint8Array): Buffer {
  const half = masked.length / 2;
  return Buffer.from(xor(masked.subarray(half), masked.subarray(0, half)));
}

function xor(bytes: Uint8Array, pad: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => byte ^ (pad[index] ?? 0));
}
