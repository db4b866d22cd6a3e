import type { Realm } from '@signup-with-platform/protocol';
import { AccountRepository } from './accounts.ts';
import { AppRepository } from './apps.ts';
import type { Database } from './database.ts';
import { EmailCodeRepository } from './email-codes.ts';
import { GrantRepository } from './grants.ts';
import { MailRepository } from './mails.ts';
import { OidcRecordRepository } from './oidc-records.ts';
import { SecretRepository } from './secrets.ts';
import { SigningKeyRepository } from './signing-keys.ts';
import { UserRepository } from './users.ts';

/** The rows of one realm; there is no way through it to another's. */
export interface RealmStorage {
  realm: Realm;
  accounts: AccountRepository;
  emailCodes: EmailCodeRepository;
  users: UserRepository;
  grants: GrantRepository;
  oidcRecords: OidcRecordRepository;
  signingKeys: SigningKeyRepository;
}

export interface Storage {
  apps: AppRepository;
  mails: MailRepository;
  secrets: SecretRepository;
  realm(realm: Realm): RealmStorage;
}

export function createStorage({ db }: Pick<Database, 'db'>): Storage {
  return {
    apps: new AppRepository(db),
    mails: new MailRepository(db),
    secrets: new SecretRepository(db),
    realm: (realm) => ({
      realm,
      accounts: new AccountRepository(db, realm),
      emailCodes: new EmailCodeRepository(db, realm),
      users: new UserRepository(db, realm),
      grants: new GrantRepository(db, realm),
      oidcRecords: new OidcRecordRepository(db, realm),
      signingKeys: new SigningKeyRepository(db, realm),
    }),
  };
}
