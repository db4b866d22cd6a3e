import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';
const ID_LENGTH = 8;
const KEY_BYTES = 32;

/** Where a sealed value is stored. It opens nowhere else, so that nobody can move one person's to another's row. */
export interface SealedPlace {
  readonly table: string;
  readonly column: string;
  /** Identifier of the row. */
  readonly row: string;
}

/** Thrown when a value cannot be sealed or opened: there is no key, it was sealed under another one or elsewhere, or it was changed. */
export class DataKeyError extends Error {
  override name = 'DataKeyError';
}

/** Reads the keys, and makes one where there may be one. @returns none where there is no place for one */
export type ReadKeys = (options: { make: boolean }) => Promise<readonly Uint8Array[]>;

/**
 * Seals what is stored and has to be read again, such as the secret of an authenticator app, with AES-256-GCM. The keys are not in the
 * database, so that whoever has it or its backup cannot read what is sealed. The first key seals, and all open; a sealed value names its key.
 */
export class DataKeys {
  /** Whether anything can be sealed here. */
  readonly isAvailable: boolean;
  readonly #read: ReadKeys;

  constructor(read: ReadKeys, { isAvailable }: { isAvailable: boolean }) {
    this.#read = read;
    this.isAvailable = isAvailable;
  }

  /** @throws DataKeyError when there is no key */
  async seal(text: string, place: SealedPlace): Promise<string> {
    const [key] = await this.#read({ make: true });
    if (!key) throw new DataKeyError('there is no DATA_KEY');
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    const id = idOf(key);
    cipher.setAAD(boundTo(id, place));
    const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return [VERSION, id, Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url')].join('.');
  }

  /**
   * Names a text by a hash that only whoever has the key can compute, so that nobody finds the text by trying all that it may be. Another first key
   * gives it another name.
   * @param options.make whether a key may be made for it
   * @returns undefined when there is no key
   */
  async nameOf(text: string, purpose: string, { make }: { make: boolean }): Promise<string | undefined> {
    const [key] = await this.#read({ make });
    if (!key) return undefined;
    const own = new Uint8Array(hkdfSync('sha256', key, '', `data-key name\n${purpose}`, KEY_BYTES));
    return createHmac('sha256', own).update(text).digest('base64url');
  }

  /** @throws DataKeyError */
  async unseal(sealed: string, place: SealedPlace): Promise<string> {
    const [version, id = '', content = ''] = sealed.split('.');
    if (version !== VERSION) throw new DataKeyError('the value is not sealed');
    const key = (await this.#read({ make: false })).find((each) => idOf(each) === id);
    if (!key) throw new DataKeyError(`the value was sealed under the key ${id}, which DATA_KEY does not have`);
    const bytes = Buffer.from(content, 'base64url');
    try {
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(id, place));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
    } catch (cause) {
      throw new DataKeyError('the value was changed, or belongs elsewhere', { cause });
    }
  }
}

/** By which a sealed value names its key. Nobody gets back to the key from it. */
export function idOf(key: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from('data-key\n'), key]), 'base64url').slice(0, ID_LENGTH);
}

function boundTo(id: string, { table, column, row }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([VERSION, id, table, column, row]));
}
