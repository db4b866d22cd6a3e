import type { Realm } from '@signup-with-platform/protocol';
import type { Kysely } from 'kysely';
import { AccountChangesRepository } from './account-changes.ts';
import { AccountCountsRepository } from './account-counts.ts';
import { AccountDeletionRepository } from './account-deletion.ts';
import { AccountRecordsRepository } from './account-records.ts';
import { AccountSearchRepository } from './account-search.ts';
import { AccountRepository } from './accounts.ts';
import { ApiKeyRepository } from './api-keys.ts';
import { AppEnvironmentRepository } from './app-environments.ts';
import { AppEventRepository } from './app-events.ts';
import { AppInvitationRepository } from './app-invitations.ts';
import { AppMemberRepository } from './app-members.ts';
import { AppReviewRepository } from './app-reviews.ts';
import { AppUserRepository } from './app-users.ts';
import { AppRepository } from './apps.ts';
import { AuditLog } from './audit-log.ts';
import { AuthenticatorRepository } from './authenticators.ts';
import { ClientSecretRepository } from './client-secrets.ts';
import { ConnectedShopRepository } from './connected-shops.ts';
import type { Database } from './database.ts';
import { DiagnosticTokenRepository } from './diagnostic-tokens.ts';
import { DirectoryPersonRepository } from './directory-people.ts';
import { DisclosureRepository } from './disclosures.ts';
import { EmailCodeRepository } from './email-codes.ts';
import { GrantRepository } from './grants.ts';
import { IdempotencyKeyRepository } from './idempotency-keys.ts';
import { IdentityRepository } from './identities.ts';
import { ImportRepository } from './imports.ts';
import { JobRepository } from './jobs.ts';
import { KnownBrowserRepository } from './known-browsers.ts';
import { MailedCodeRepository } from './mailed-codes.ts';
import { MailRepository } from './mails.ts';
import { ManagedAppRepository } from './managed-apps.ts';
import { ManagementKeyRepository } from './management-keys.ts';
import { OidcRecordRepository } from './oidc-records.ts';
import { PackageFileRepository } from './package-files.ts';
import { PasskeyRepository } from './passkeys.ts';
import { PictureRepository } from './pictures.ts';
import { RecoveryCodeRepository } from './recovery-codes.ts';
import { SandboxInboxRepository } from './sandbox-inbox.ts';
import { SecretRepository } from './secrets.ts';
import { SessionRepository } from './sessions.ts';
import { SigningKeyRepository } from './signing-keys.ts';
import { SignupEndpointRepository } from './signup-endpoints.ts';
import { SubmissionRepository } from './submissions.ts';
import type { Tables } from './tables.ts';
import { transaction } from './transaction.ts';
import { UploadedImportRepository } from './uploaded-imports.ts';
import { UpstreamAttemptRepository } from './upstream-attempts.ts';
import { UpstreamLogoutRepository } from './upstream-logouts.ts';
import { UserCodeRepository } from './user-codes.ts';
import { UserRepository } from './users.ts';
import { WebhookDeliveryRepository } from './webhook-deliveries.ts';
import { WebhookRepository } from './webhooks.ts';
import { WidgetVersionRepository } from './widget-versions.ts';

/** What belongs to the installation, or is looked up before its realm is known. */
function repositoriesOf(db: Kysely<Tables>) {
  return {
    apps: new AppRepository(db),
    appEnvironments: new AppEnvironmentRepository(db),
    appEvents: new AppEventRepository(db),
    appInvitations: new AppInvitationRepository(db),
    appMembers: new AppMemberRepository(db),
    appReviews: new AppReviewRepository(db),
    apiKeys: new ApiKeyRepository(db),
    auditLog: new AuditLog(db),
    clientSecrets: new ClientSecretRepository(db),
    diagnosticTokens: new DiagnosticTokenRepository(db),
    disclosures: new DisclosureRepository(db),
    idempotencyKeys: new IdempotencyKeyRepository(db),
    jobs: new JobRepository(db),
    mails: new MailRepository(db),
    managedApps: new ManagedAppRepository(db),
    managementKeys: new ManagementKeyRepository(db),
    packageFiles: new PackageFileRepository(db),
    pictures: new PictureRepository(db),
    sandboxInbox: new SandboxInboxRepository(db),
    secrets: new SecretRepository(db),
    uploadedImports: new UploadedImportRepository(db),
    signupEndpoints: new SignupEndpointRepository(db),
    webhooks: new WebhookRepository(db),
    webhookDeliveries: new WebhookDeliveryRepository(db),
    widgetVersions: new WidgetVersionRepository(db),
  };
}

/** The rows of one realm. No repository here reaches another realm's rows. */
function realmRepositoriesOf(db: Kysely<Tables>, realm: Realm) {
  return {
    realm,
    accounts: new AccountRepository(db, realm),
    accountChanges: new AccountChangesRepository(db, realm),
    accountDeletion: new AccountDeletionRepository(db, realm),
    accountRecords: new AccountRecordsRepository(db, realm),
    accountCounts: new AccountCountsRepository(db, realm),
    accountSearch: new AccountSearchRepository(db, realm),
    authenticators: new AuthenticatorRepository(db, realm),
    connectedShops: new ConnectedShopRepository(db, realm),
    directoryPeople: new DirectoryPersonRepository(db, realm),
    emailCodes: new EmailCodeRepository(db, realm),
    users: new UserRepository(db, realm),
    grants: new GrantRepository(db, realm),
    identities: new IdentityRepository(db, realm),
    imports: new ImportRepository(db, realm),
    knownBrowsers: new KnownBrowserRepository(db, realm),
    mailedCodes: new MailedCodeRepository(db, realm),
    oidcRecords: new OidcRecordRepository(db, realm),
    passkeys: new PasskeyRepository(db, realm),
    recoveryCodes: new RecoveryCodeRepository(db, realm),
    sessions: new SessionRepository(db, realm),
    signingKeys: new SigningKeyRepository(db, realm),
    submissions: new SubmissionRepository(db, realm),
    upstreamAttempts: new UpstreamAttemptRepository(db, realm),
    upstreamLogouts: new UpstreamLogoutRepository(db, realm),
    /** What one environment's backend may see. */
    appUsers: (clientId: string) => new AppUserRepository(db, realm, clientId),
    userCodes: (clientId: string) => new UserCodeRepository(db, realm, clientId),
  };
}

export type RealmStorage = ReturnType<typeof realmRepositoriesOf>;

export interface Storage extends ReturnType<typeof repositoriesOf> {
  realm(realm: Realm): RealmStorage;
  /**
   * Runs `work` in a transaction: either everything that it writes through its `storage` is kept, or nothing. `work` may be run again. It
   * must not use the database in any other way, because on SQLite that would wait for the transaction, which waits for it.
   */
  transaction<Result>(work: (storage: Storage) => Promise<Result>): Promise<Result>;
}

export function createStorage({ db }: Pick<Database, 'db'>): Storage {
  // Made once, because each call of a vendor asks for its realm.
  const realms = new Map<Realm, RealmStorage>();
  return {
    ...repositoriesOf(db),
    realm: (realm) => {
      const made = realms.get(realm) ?? realmRepositoriesOf(db, realm);
      realms.set(realm, made);
      return made;
    },
    transaction: (work) => transaction(db, (trx) => work(createStorage({ db: trx }))),
  };
}
