import type { Finding } from './query-plan.ts';

interface Allowed {
  /** What bounds the rows, or who waits for them. */
  readonly because: string;
  readonly findings: readonly Finding[];
}

const sorts = (because: string): Allowed => ({ because, findings: ['sorts'] });

const ONE_ADDRESS = 'the accounts of one address: sign-up makes no more claims to one than its limits let it';
const TEN_THOUSAND = 'counts no more than the first ten thousand, which an index has in order';
const ONE_APP = 'an app has a few members, invitations, keys and environments';

const counts = (...findings: Finding[]): Allowed => ({
  because: "the operator's command, which counts all accounts of a realm",
  findings,
});

/** Statements that look at more rows than are meant, or put rows in order, by the method that runs them. */
export const ALLOWED_FINDINGS: Readonly<Record<string, Allowed>> = {
  'AccountCountsRepository.foreignForms': counts('scans accounts'),
  'AccountCountsRepository.sources': counts('scans imported_accounts', 'scans imports', 'sorts'),
  'AccountCountsRepository.states': counts('scans accounts'),
  'AccountDeletionRepository.endClaim': {
    because: 'of apps that one person owns, for which PostgreSQL without statistics reads all members',
    findings: ['scans app_members'],
  },
  'AccountDeletionRepository.solelyOwnedApps': sorts('a person owns a few apps'),
  'AccountRecordsRepository.read': sorts('what one person has; they download it once in a while'),
  'AccountRepository.findByEmail': sorts(ONE_ADDRESS),
  'AccountRepository.findByPasswordHashes': sorts(ONE_ADDRESS),
  'AccountRepository.findForeignPasswords': sorts(ONE_ADDRESS),
  'AccountRepository.findOwnSalts': sorts(ONE_ADDRESS),
  'AccountRepository.findRecoverable': sorts(ONE_ADDRESS),
  'AccountRepository.findVerified': sorts(ONE_ADDRESS),
  'AccountRepository.list': {
    because: "the operator's command, over all accounts of a realm",
    findings: ['scans accounts', 'sorts'],
  },
  'AccountSearchRepository.findByEmail': sorts(ONE_ADDRESS),
  'ApiKeyRepository.findByIdOrPrefix': {
    because: "the operator's command, over the keys of all apps",
    findings: ['scans api_keys', 'sorts'],
  },
  'ApiKeyRepository.list': sorts(ONE_APP),
  'AppEventRepository.listAttempts': sorts('an attempt has a few events'),
  'AppInvitationRepository.list': sorts(ONE_APP),
  'AppMemberRepository.list': sorts(ONE_APP),
  'AppMemberRepository.listOwners': {
    because: "the operator's command, over all apps",
    findings: ['scans app_members', 'sorts'],
  },
  'AppRepository.delete': {
    because: 'of the environments of one app, for which PostgreSQL without statistics reads all keys and endpoints',
    findings: ['scans api_keys', 'scans webhooks'],
  },
  'AppReviewRepository.list': {
    because: "the operator's command, over all apps",
    findings: ['scans apps', 'scans environments', 'sorts'],
  },
  'AppReviewRepository.setSuspended': {
    because: 'of the endpoints of one app, for which PostgreSQL without statistics reads all',
    findings: ['scans webhooks'],
  },
  'AppUserRepository.findLinkedByEmail': sorts(ONE_ADDRESS),
  'AuditLog.list': {
    because: "the operator's command: goes back from the newest entry, and the refusals of the present hour",
    findings: ['scans audit_log', 'scans audit_refusals', 'sorts'],
  },
  'ConnectedShopRepository.list': sorts('a person uses a few shops'),
  'EmailCodeRepository.pendingAddress': sorts('a person waits for a few mails'),
  'IdentityRepository.list': sorts('a person has a few identities'),
  'JobRepository.queue': { because: TEN_THOUSAND, findings: ['scans first_due'] },
  'KnownBrowserRepository.seen': sorts('an account knows at most fifty browsers'),
  'MailRepository.list': { because: 'ends after a page, in the order of an index', findings: ['scans mails'] },
  'MailRepository.queue': { because: TEN_THOUSAND, findings: ['scans first_due'] },
  'ManagementKeyRepository.list': {
    because: "the operator's command, over a few keys",
    findings: ['scans management_keys', 'sorts'],
  },
  'PasskeyRepository.list': sorts('a person has a few passkeys'),
  'SecretRepository.oldest': { because: 'an installation has a few secrets', findings: ['scans secrets', 'sorts'] },
  'SessionRepository.list': sorts('a person uses a few devices'),
  'WebhookDeliveryRepository.queue': { because: TEN_THOUSAND, findings: ['scans first_due'] },
  'WebhookDeliveryRepository.replay': sorts('what one endpoint had in thirty days, by command'),
  'WidgetVersionRepository.keep': {
    because: 'a platform keeps a few versions of the script',
    findings: ['scans widget_versions', 'sorts'],
  },
  sweep: {
    because: 'there are a few signing keys, and apps, of which an index has those that are deleted',
    findings: ['scans signing_keys', 'scans apps'],
  },
};
