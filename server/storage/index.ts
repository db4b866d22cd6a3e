import type { Realm } from '@signup-with-platform/protocol';
import { AccountRepository } from './accounts.ts';
import { ApiKeyRepository } from './api-keys.ts';
import { AppMemberRepository } from './app-members.ts';
import { AppUserRepository } from './app-users.ts';
import { AppRepository } from './apps.ts';
import { AuditLog } from './audit-log.ts';
import type { Database } from './database.ts';
import { EmailCodeRepository } from './email-codes.ts';
import { GrantRepository } from './grants.ts';
import { IdempotencyKeyRepository } from './idempotency-keys.ts';
import { MailRepository } from './mails.ts';
import { OidcRecordRepository } from './oidc-records.ts';
import { SecretRepository } from './secrets.ts';
import { SessionRepository } from './sessions.ts';
import { SigningKeyRepository } from './signing-keys.ts';
import { UserCodeRepository } from './user-codes.ts';
import { UserRepository } from './users.ts';

/** The rows of one realm; there is no way through it to another's. */
export interface RealmStorage {
  realm: Realm;
  accounts: AccountRepository;
  emailCodes: EmailCodeRepository;
  users: UserRepository;
  grants: GrantRepository;
  oidcRecords: OidcRecordRepository;
  sessions: SessionRepository;
  signingKeys: SigningKeyRepository;
  /** What one environment's backend may see. */
  appUsers(clientId: string): AppUserRepository;
  userCodes(clientId: string): UserCodeRepository;
}

export interface Storage {
  apps: AppRepository;
  appMembers: AppMemberRepository;
  apiKeys: ApiKeyRepository;
  auditLog: AuditLog;
  idempotencyKeys: IdempotencyKeyRepository;
  mails: MailRepository;
  secrets: SecretRepository;
  realm(realm: Realm): RealmStorage;
}

export function createStorage({ db }: Pick<Database, 'db'>): Storage {
  return {
    apps: new AppRepository(db),
    appMembers: new AppMemberRepository(db),
    apiKeys: new ApiKeyRepository(db),
    auditLog: new AuditLog(db),
    idempotencyKeys: new IdempotencyKeyRepository(db),
    mails: new MailRepository(db),
    secrets: new SecretRepository(db),
    realm: (realm) => ({
      realm,
      accounts: new AccountRepository(db, realm),
      emailCodes: new EmailCodeRepository(db, realm),
      users: new UserRepository(db, realm),
      grants: new GrantRepository(db, realm),
      oidcRecords: new OidcRecordRepository(db, realm),
      sessions: new SessionRepository(db, realm),
      signingKeys: new SigningKeyRepository(db, realm),
      appUsers: (clientId) => new AppUserRepository(db, realm, clientId),
      userCodes: (clientId) => new UserCodeRepository(db, realm, clientId),
    }),
  };
}
