import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What goes wrong on purpose. By default everything is right. */
export interface Deviation {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** What kind of ceremony it says it is. */
  type?: string;
  userVerified?: boolean;
  userPresent?: boolean;
  counter?: number;
  synced?: boolean;
  userHandle?: string;
  /** Attestation of whoever made the authenticator, which we do not want. */
  attestation?: { format: string; statement: Record<string, unknown>; selfSigned?: true };
}

/** What an authenticator keeps, so that another test can go on with it. */
export interface SavedPasskey {
  credentialId: string;
  userHandle: string;
  /** PKCS #8, PEM. */
  privateKey: string;
}

const FLAG = { userPresent: 0x01, userVerified: 0x04, backupEligible: 0x08, backedUp: 0x10, attestedData: 0x40 };

/**
 * A browser with an authenticator that keeps one discoverable ES256 key, as WebAuthn level 3 describes: what it answers is what
 * `PublicKeyCredential.toJSON()` gives, as text.
 */
export class SoftwareAuthenticator {
  readonly origin: string;
  readonly credentialId: string;
  readonly #keys: { privateKey: KeyObject; publicKey: KeyObject };
  #userHandle: string;
  /** 0: it does not count. */
  counter = 0;

  /** @param saved what another authenticator kept; by default nothing yet */
  constructor(origin: string, saved?: SavedPasskey) {
    this.origin = origin;
    this.credentialId = saved?.credentialId ?? randomBytes(16).toString('base64url');
    this.#userHandle = saved?.userHandle ?? '';
    this.#keys = saved
      ? { privateKey: createPrivateKey(saved.privateKey), publicKey: createPublicKey(saved.privateKey) }
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  }

  save(): SavedPasskey {
    const privateKey = this.#keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    return { credentialId: this.credentialId, userHandle: this.#userHandle, privateKey };
  }

  /** `navigator.credentials.create()` */
  create(options: PublicKeyCredentialCreationOptionsJSON, deviation: Deviation = {}): string {
    this.#userHandle = options.user.id;
    const clientDataJSON = this.#clientData(options.challenge, { type: 'webauthn.create', ...deviation });
    const id = Buffer.from(this.credentialId, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const attestedData = Buffer.concat([Buffer.alloc(16), length, id, this.#publicKey()]);
    const authData = this.#authenticatorData(options.rp.id ?? '', deviation, attestedData);
    const { format, statement, selfSigned } = deviation.attestation ?? { format: 'none', statement: {} };
    // WebAuthn section 8.2: the new key signs for itself.
    const own = selfSigned && { alg: -7, sig: new Uint8Array(this.#sign(authData, clientDataJSON)) };
    const attestationObject = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', format],
        ['attStmt', new Map(Object.entries({ ...own, ...statement }))],
        ['authData', new Uint8Array(authData)],
      ]) as Parameters<typeof isoCBOR.encode>[0],
    );
    return this.#answer({
      clientDataJSON,
      attestationObject: Buffer.from(attestationObject).toString('base64url'),
      transports: ['internal'],
    });
  }

  /** `navigator.credentials.get()` */
  get(options: PublicKeyCredentialRequestOptionsJSON, deviation: Deviation = {}): string {
    if (this.counter > 0) this.counter += 1;
    const clientDataJSON = this.#clientData(options.challenge, { type: 'webauthn.get', ...deviation });
    const authenticatorData = this.#authenticatorData(options.rpId ?? '', deviation);
    return this.#answer({
      clientDataJSON,
      authenticatorData: authenticatorData.toString('base64url'),
      signature: this.#sign(authenticatorData, clientDataJSON).toString('base64url'),
      userHandle: deviation.userHandle ?? this.#userHandle,
    });
  }

  #sign(authenticatorData: Buffer, clientDataJSON: string): Buffer {
    const clientDataHash = createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest();
    return sign('sha256', Buffer.concat([authenticatorData, clientDataHash]), this.#keys.privateKey);
  }

  #answer(response: Record<string, unknown>): string {
    const id = this.credentialId;
    return JSON.stringify({ id, rawId: id, type: 'public-key', response, clientExtensionResults: {} });
  }

  #clientData(challenge: string, deviation: Deviation): string {
    const { type, origin = this.origin } = deviation;
    const data = { type, challenge: deviation.challenge ?? challenge, origin, crossOrigin: false };
    return Buffer.from(JSON.stringify(data)).toString('base64url');
  }

  #authenticatorData(rpId: string, deviation: Deviation, attestedData?: Buffer): Buffer {
    const { userPresent = true, userVerified = true, synced = true } = deviation;
    const flags =
      (userPresent ? FLAG.userPresent : 0) |
      (userVerified ? FLAG.userVerified : 0) |
      (synced ? FLAG.backupEligible | FLAG.backedUp : 0) |
      (attestedData ? FLAG.attestedData : 0);
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(deviation.counter ?? this.counter);
    const rpIdHash = createHash('sha256')
      .update(deviation.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.from([flags]), counter, attestedData ?? Buffer.alloc(0)]);
  }

  /** COSE (RFC 9053 section 7.1): kty EC2, alg ES256, crv P-256, x, y. */
  #publicKey(): Uint8Array {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
        [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
      ]) as Parameters<typeof isoCBOR.encode>[0],
    );
  }
}
