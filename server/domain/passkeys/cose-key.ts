import { createPublicKey } from 'node:crypto';

/** COSE's labels of parameters, key types, algorithms and curves (RFC 9052, RFC 9053, RFC 8230). */
const [KTY, ALG] = [1, 3];
const [OKP, EC2, RSA] = [1, 2, 3];
const [EDDSA, ES256, RS256] = [-8, -7, -257];
const [P256, ED25519] = [1, 6];
const COORDINATE_BYTES = 32;
const [MIN_RSA_BYTES, MAX_RSA_BYTES] = [256, 512];
const MAX_PARAMETERS = 8;

type Value = number | Buffer;

/**
 * Whether it is a public key of a passkey, of an algorithm that passkeys have here: Ed25519, ECDSA on P-256, or RSA. A point that is not on its
 * curve is none.
 */
export function isPasskeyKey(cose: Buffer): boolean {
  const parameters = readMap(cose);
  const key = parameters && jwkOf(parameters);
  // What is missing is empty, and Node takes an RSA key without a modulus.
  if (!key || Object.values(key).includes('')) return false;
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function jwkOf(parameters: ReadonlyMap<number, Value>): Record<string, string> | undefined {
  const [kind, algorithm, curve] = [parameters.get(KTY), parameters.get(ALG), parameters.get(-1)];
  const bytes = (label: number, from: number, to = from) => {
    const value = parameters.get(label);
    return Buffer.isBuffer(value) && value.length >= from && value.length <= to ? value.toString('base64url') : '';
  };
  const coordinate = (label: number) => bytes(label, COORDINATE_BYTES);
  if (kind === EC2 && algorithm === ES256 && curve === P256)
    return { kty: 'EC', crv: 'P-256', x: coordinate(-2), y: coordinate(-3) };
  if (kind === OKP && algorithm === EDDSA && curve === ED25519)
    return { kty: 'OKP', crv: 'Ed25519', x: coordinate(-2) };
  if (kind === RSA && algorithm === RS256)
    return { kty: 'RSA', n: bytes(-1, MIN_RSA_BYTES, MAX_RSA_BYTES), e: bytes(-2, 1, 4) };
  return undefined;
}

/** Reads a map of integers and byte strings, which a COSE key is, and no other CBOR (RFC 8949). */
function readMap(bytes: Buffer): Map<number, Value> | undefined {
  let at = 0;
  const head = (): { major: number; argument: number } => {
    const first = bytes.readUInt8(at);
    const size = first & 31;
    at += 1;
    if (size < 24) return { major: first >> 5, argument: size };
    if (size > 26) throw new RangeError('no argument of a COSE key');
    const length = 2 ** (size - 24);
    const argument = bytes.readUIntBE(at, length);
    at += length;
    return { major: first >> 5, argument };
  };
  const value = (): Value => {
    const { major, argument } = head();
    if (major === 0) return argument;
    if (major === 1) return -1 - argument;
    if (major !== 2 || at + argument > bytes.length) throw new RangeError('no value of a COSE key');
    at += argument;
    return bytes.subarray(at - argument, at);
  };
  try {
    const { major, argument: count } = head();
    if (major !== 5 || count > MAX_PARAMETERS) return undefined;
    const map = new Map<number, Value>();
    for (let entry = 0; entry < count; entry += 1) {
      const label = value();
      if (typeof label !== 'number' || map.has(label)) return undefined;
      map.set(label, value());
    }
    return at === bytes.length ? map : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
