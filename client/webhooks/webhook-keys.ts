import { WEBHOOK_SECRET_PREFIX } from '@signup-with-platform/protocol';
import { InvalidOptionError } from '../errors.ts';

/** Bytes of a key, by Standard Webhooks 1.0. */
const KEY_BYTES = { min: 24, max: 64 };
/** While a secret is rotated there are two, and a receiver may serve a few endpoints. */
const MAX_SECRETS = 10;

/** The bytes of each secret. @throws {InvalidOptionError} naming the likely mistake, and nothing of the secret */
export function webhookKeys(secret: unknown): Buffer[] {
  const secrets: readonly unknown[] = Array.isArray(secret) ? secret : [secret];
  if (secrets.length === 0 || secrets.length > MAX_SECRETS) {
    throw wrong(`has ${secrets.length} secrets: pass one, or both while you replace one by the next`);
  }
  return secrets.map(keyOf);
}

function keyOf(secret: unknown): Buffer {
  const mistake = mistakeIn(secret);
  if (mistake) throw wrong(mistake);
  const key = Buffer.from(String(secret).slice(String(secret).startsWith(WEBHOOK_SECRET_PREFIX) ? 6 : 0), 'base64');
  if (key.length < KEY_BYTES.min || key.length > KEY_BYTES.max) {
    throw wrong(
      `has ${key.length} bytes, and a secret has ${KEY_BYTES.min} to ${KEY_BYTES.max}: was it cut off, or is it something else?`,
    );
  }
  return key;
}

function mistakeIn(secret: unknown): string | undefined {
  if (typeof secret !== 'string') return `is ${typeof secret}: is its environment variable set?`;
  if (secret === '') return 'is empty: is its environment variable set?';
  if (secret !== secret.trim()) return 'is surrounded by white space: was it read from a file with a newline?';
  if (/[\s,]/.test(secret)) return 'has white space or a comma in it: pass several secrets as a list';
  if (/^["']/.test(secret)) return 'is in quotation marks: they belong to the shell or the file, not to the secret';
  if (/^sk_(live|test)_/.test(secret)) return 'is an API key: pass the secret of the webhook, which begins with whsec_';
  if (/^wh[sp]k_/.test(secret)) return 'is an asymmetric key: the platform signs with a shared secret, whsec_…';
  const text = secret.startsWith(WEBHOOK_SECRET_PREFIX) ? secret.slice(WEBHOOK_SECRET_PREFIX.length) : secret;
  if (/^[\w-]+=*$/.test(text) && /[-_]/.test(text))
    return 'is not base64, but base64url: pass it exactly as it was shown';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return 'is not base64: pass it exactly as it was shown, with whsec_';
  return undefined;
}

function wrong(mistake: string): InvalidOptionError {
  return new InvalidOptionError('secret', `\`secret\` ${mistake}`);
}
