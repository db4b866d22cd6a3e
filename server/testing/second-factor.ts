import type { Realm } from '@signup-with-platform/protocol';
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { Secret, TOTP } from 'otpauth';
import { openDataKeys } from '#data-key/open-data-keys.ts';
import { userHandleOf } from '#domain/passkeys/relying-party.ts';
import { newRecoveryCodes, readRecoveryCode } from '#domain/second-factor/recovery-codes.ts';
import { secretOf } from '#domain/second-factor/secret.ts';
import type { Account } from '../storage/accounts.ts';
import { randomId } from '../storage/ids.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';
import type { TestPlatform } from './test-platform.ts';

const PERIOD_MS = 30_000;
const LIFETIME_MS = 60_000;

/** Somebody's authenticator app. */
export interface TestApp {
  readonly recoveryCodes: readonly string[];
  /** A code that was not used, whether or not the clock has moved on. */
  code(): Promise<string>;
  /** The code of a moment, in steps from now. */
  codeAt(steps: number): string;
}

/** Gives an account an authenticator app and recovery codes, behind the platform's back. */
export async function giveSecondFactor(
  platform: Pick<TestPlatform, 'storage' | 'dataDir' | 'database'>,
  accountId: string,
  realm: Realm = 'production',
): Promise<TestApp> {
  const rows = platform.storage.realm(realm);
  const totp = new TOTP({ secret: new Secret({ size: 20 }) });
  const id = randomId();
  const keys = openDataKeys({ dataKeys: [], databaseUrl: undefined, dataDir: platform.dataDir });
  await rows.authenticators.begin(
    accountId,
    { id, secret: await keys.seal(totp.secret.base32, secretOf(id)) },
    LIFETIME_MS,
  );
  await rows.authenticators.confirm(accountId, id, 0);
  const recoveryCodes = newRecoveryCodes();
  await rows.recoveryCodes.replace(accountId, recoveryCodes.map(readRecoveryCode));
  const codeAt = (steps: number) => totp.generate({ timestamp: Date.now() + steps * PERIOD_MS });
  return {
    recoveryCodes,
    codeAt,
    code: async () => {
      await platform.database.db.updateTable('authenticators').set({ last_step: 0 }).where('id', '=', id).execute();
      return codeAt(0);
    },
  };
}

/** What an app shows that was given this secret, as a page has it for typing. */
export function appCode(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate();
}

/** Gives an account a passkey, behind the platform's back. */
export async function givePasskey(
  { storage, url }: Pick<TestPlatform, 'storage' | 'url'>,
  account: Pick<Account, 'id'>,
): Promise<SoftwareAuthenticator> {
  const authenticator = new SoftwareAuthenticator(url);
  const made = authenticator.create({
    challenge: 'Y2hhbGxlbmdl',
    rp: { id: new URL(url).hostname, name: 'Platform' },
    user: { id: userHandleOf(account), name: 'ada', displayName: 'Ada' },
    pubKeyCredParams: [],
  });
  const { response } = JSON.parse(made) as { response: { attestationObject: string } };
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(response.attestationObject, 'base64url')));
  const { credentialPublicKey = new Uint8Array() } = parseAuthenticatorData(attestation.get('authData'));
  await storage.realm('production').passkeys.create({
    credentialId: authenticator.credentialId,
    accountId: account.id,
    name: 'Laptop',
    publicKey: Buffer.from(credentialPublicKey).toString('base64url'),
    counter: 0,
    transports: [],
    synced: true,
  });
  return authenticator;
}
