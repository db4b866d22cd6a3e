import { SettingError } from './setting.ts';

const BYTES = 32;
/** So few different bytes are no work of a random generator: of 32 random ones, 30 are different on average. */
const LEAST_DIFFERENT_BYTES = 16;

/**
 * The keys under which secrets are encrypted that have to be read again: the first encrypts, and all decrypt, so that a new one can be put
 * before the one in use.
 */
export function dataKeysOf(text: string): readonly Uint8Array[] {
  const keys = text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map(keyOf);
  if (keys.length === 0) throw new SettingError('must be a key');
  return keys;
}

function keyOf(text: string): Uint8Array {
  const isHex = /^[\da-f]{64}$/i.test(text);
  const isBase64 = /^[\w+/-]{43}=?$/.test(text);
  const key = new Uint8Array(Buffer.from(text, isHex ? 'hex' : 'base64'));
  if ((!isHex && !isBase64) || key.length !== BYTES)
    throw new SettingError('must be 32 random bytes as base64 or hexadecimal digits, several separated by commas');
  if (new Set(key).size < LEAST_DIFFERENT_BYTES)
    throw new SettingError('must be random bytes, such as openssl rand -base64 32 makes');
  return key;
}
