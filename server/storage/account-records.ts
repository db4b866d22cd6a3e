import { lastDisclosures } from './disclosures.ts';
import { emailKey } from './email-key.ts';
import { PROFILE_COLUMN_NAMES } from './profile-columns.ts';
import { RealmRepository } from './repository.ts';

/** A log grows with every act, so only its latest entries are read. */
export const MAX_LOG_ENTRIES = 10_000;

/** Everything that the database holds about the person behind an account, except secrets and what is derived from the rest. */
export type AccountRecords = NonNullable<Awaited<ReturnType<AccountRecordsRepository['read']>>>;

/** Reads everything that is stored about a person, for the person. data-export.test.ts checks that nothing is missing. */
export class AccountRecordsRepository extends RealmRepository {
  /** @returns undefined when there is no such account */
  async read(accountId: string) {
    const account = await this.db
      .selectFrom('accounts')
      .select(['id', 'realm', 'email', 'email_verified_at', 'other_addresses'])
      .select(['password_hash', 'foreign_password'])
      .select(PROFILE_COLUMN_NAMES)
      .select(['persona', 'sandbox_app_id', 'blocked_at'])
      .select(['deletion_due_at', 'passkey_offered_at', 'new_password_due_at', 'created_at', 'updated_at'])
      .where('realm', '=', this.realm)
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!account) return undefined;
    const { password_hash: passwordHash, foreign_password: foreignPassword, ...kept } = account;
    // An unverified address may be somebody else's, and so may the mails that were sent to it.
    const ownEmail = account.email_verified_at === null ? null : account.email;
    const users = await this.#users(accountId);
    return {
      account: { ...kept, has_password: (passwordHash ?? foreignPassword) !== null },
      emailCodes: await this.#emailCodes(accountId),
      pictures: await this.#pictures(accountId),
      passkeys: await this.#passkeys(accountId),
      identities: await this.#identities(accountId),
      origins: await this.#origins(accountId),
      directory: await this.#directory(accountId),
      authenticators: await this.#authenticators(accountId),
      recoveryCodes: await this.#recoveryCodes(accountId),
      knownBrowsers: await this.#knownBrowsers(accountId),
      sessions: await this.#sessions(accountId),
      users,
      grants: await this.#grants(accountId),
      disclosures: await this.#disclosures(users.map(({ id }) => id)),
      events: await this.#events(users),
      told: await this.#told(users),
      memberships: await this.#memberships(accountId),
      invitationsSent: await this.#invitationsSent(accountId),
      invitationsReceived: ownEmail === null ? [] : await this.#invitationsReceived(ownEmail),
      mails: await this.#mails(accountId, ownEmail),
      auditLog: await this.#auditLog(accountId),
    };
  }

  #emailCodes(accountId: string) {
    return this.db
      .selectFrom('email_codes')
      .select(['purpose', 'email', 'created_at', 'expires_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute();
  }

  #pictures(accountId: string) {
    return this.db
      .selectFrom('pictures')
      .select(['id', 'content_type', 'base64', 'created_at'])
      .where('account_id', '=', accountId)
      .execute();
  }

  #passkeys(accountId: string) {
    return this.db
      .selectFrom('passkeys')
      .select(['name', 'transports', 'backed_up', 'created_at', 'last_used_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute();
  }

  #identities(accountId: string) {
    return this.db
      .selectFrom('identities')
      .select(['upstream', 'issuer', 'subject', 'email', 'created_at', 'last_used_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('created_at')
      .execute();
  }

  #origins(accountId: string) {
    return this.db
      .selectFrom('imported_accounts')
      .innerJoin('imports', 'imports.id', 'imported_accounts.created_by')
      .select(['row_key', 'verified_phone_number', 'source', 'started_at', 'brought_at', 'last_seen_at'])
      .where('imported_accounts.realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .execute();
  }

  #directory(accountId: string) {
    return this.db
      .selectFrom('directory_people')
      .select(['person_key', 'confirmed_at', 'refused_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .execute();
  }

  #authenticators(accountId: string) {
    return this.db
      .selectFrom('authenticators')
      .select(['state', 'created_at', 'expires_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('state')
      .execute();
  }

  #recoveryCodes(accountId: string) {
    return this.db
      .selectFrom('recovery_codes')
      .select(['created_at', 'used_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('code_hash')
      .execute();
  }

  #knownBrowsers(accountId: string) {
    return this.db
      .selectFrom('known_browsers')
      .select(['user_agent', 'first_seen_at', 'last_seen_at', 'trusted_until'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .orderBy('last_seen_at')
      .execute();
  }

  #sessions(accountId: string) {
    return this.db
      .selectFrom('sessions')
      .select(['uid', 'user_agent', 'address', 'created_at', 'last_seen_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .where('ended_at', 'is', null)
      .orderBy('created_at')
      .execute();
  }

  /** Includes the users of shops from which consent has been withdrawn. */
  #users(accountId: string) {
    return this.db
      .selectFrom('users')
      .innerJoin('environments', 'environments.client_id', 'users.client_id')
      .innerJoin('apps', 'apps.id', 'environments.app_id')
      .select(['apps.name as app_name', 'apps.home_page_uri', 'apps.privacy_policy_uri', 'environments.environment'])
      .select(['environments.origins', 'users.id', 'users.client_id', 'users.external_id', 'users.username'])
      .select(['users.roles', 'users.deactivated_at', 'users.last_signin_at', 'users.first_credential_at'])
      .select('users.event_sequence')
      .select(['users.created_at', 'users.updated_at'])
      .where('apps.deleted_at', 'is', null)
      .where('users.realm', '=', this.realm)
      .where('users.account_id', '=', accountId)
      .orderBy('users.created_at')
      .execute();
  }

  #grants(accountId: string) {
    return this.db
      .selectFrom('grants')
      .select(['client_id', 'payload', 'created_at', 'updated_at'])
      .where('realm', '=', this.realm)
      .where('account_id', '=', accountId)
      .execute();
  }

  async #disclosures(userIds: readonly string[]) {
    const disclosures = [];
    for (const userId of userIds) disclosures.push(...(await lastDisclosures(this.db, userId)));
    return disclosures.sort((one, other) => one.field.localeCompare(other.field));
  }

  async #events(users: readonly { id: string; client_id: string }[]) {
    const events = [];
    for (const { id, client_id: clientId } of users) {
      const ofUser = this.db
        .selectFrom('app_events')
        .select(['client_id', 'user_id', 'kind', 'status', 'summary', 'created_at'])
        .where('client_id', '=', clientId)
        .where('user_id', '=', id)
        .orderBy('created_at', 'desc')
        .limit(MAX_LOG_ENTRIES);
      events.push(...(await ofUser.execute()));
    }
    return events.sort((one, other) => other.created_at - one.created_at).slice(0, MAX_LOG_ENTRIES);
  }

  /** What shops were told of the person by webhooks, or will be. */
  async #told(users: readonly { id: string; client_id: string }[]) {
    const told = [];
    for (const { id, client_id: clientId } of users) {
      const ofUser = this.db
        .selectFrom('webhook_deliveries')
        .select(['event_id', 'type', 'sequence', 'body', 'state', 'created_at'])
        .where('user_id', '=', id)
        .orderBy('created_at', 'desc')
        .limit(MAX_LOG_ENTRIES);
      told.push(...(await ofUser.execute()).map((one) => ({ ...one, client_id: clientId, user_id: id })));
    }
    return told;
  }

  #memberships(accountId: string) {
    return this.db
      .selectFrom('app_members')
      .innerJoin('apps', 'apps.id', 'app_members.app_id')
      .select(['app_members.app_id', 'apps.name as app_name', 'app_members.role', 'app_members.created_at'])
      .where('app_members.account_id', '=', accountId)
      .orderBy('app_members.created_at')
      .execute();
  }

  /** Without the address, because it is another person's. */
  #invitationsSent(accountId: string) {
    return this.#invitations().where('invited_by', '=', accountId).execute();
  }

  /** None in the sandbox, where an address proves nothing, and where nobody can be a member. */
  async #invitationsReceived(email: string) {
    if (this.realm === 'sandbox') return [];
    return this.#invitations().where('app_invitations.email_key', '=', emailKey(email)).execute();
  }

  #invitations() {
    return this.db
      .selectFrom('app_invitations')
      .innerJoin('apps', 'apps.id', 'app_invitations.app_id')
      .select(['apps.name as app_name', 'app_invitations.role'])
      .select(['app_invitations.created_at', 'app_invitations.expires_at', 'app_invitations.mailed_at'])
      .orderBy('app_invitations.created_at');
  }

  /** Without the text, because it may contain a code that still works. In the sandbox, an address proves nothing. */
  async #mails(accountId: string, ownEmail: string | null) {
    const mails = this.db.selectFrom('mails').select(['subject', 'created_at']).orderBy('created_at');
    if (this.realm === 'sandbox') return mails.where('account_id', '=', accountId).execute();
    if (ownEmail === null) return [];
    return mails
      .where('recipient_key', '=', emailKey(ownEmail))
      .where(({ eb, or }) => or([eb('realm', '=', 'production'), eb('realm', 'is', null)]))
      .execute();
  }

  /** What the account did, and what was done to it, oldest first. */
  async #auditLog(accountId: string) {
    const own = `account:${accountId}`;
    // One after the other, because no index leads to both.
    const entriesBy = (column: 'actor' | 'subject') =>
      this.db
        .selectFrom('audit_log')
        .leftJoin('audit_addresses', 'audit_addresses.entry_id', 'audit_log.id')
        .select(['id', 'act', 'actor', 'subject', 'request_id', 'detail', 'created_at'])
        .select((select) => select.fn.coalesce('audit_addresses.address', 'audit_log.address').as('address'))
        .where(column, '=', own)
        .orderBy('created_at', 'desc')
        .limit(MAX_LOG_ENTRIES)
        .execute();
    const rows = [...(await entriesBy('actor')), ...(await entriesBy('subject'))];
    const byId = new Map(rows.map((row) => [row.id, row]));
    return [...byId.values()].sort((one, other) => one.created_at - other.created_at).slice(-MAX_LOG_ENTRIES);
  }
}
