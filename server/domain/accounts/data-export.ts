import type { AccountRecords } from '../../storage/account-records.ts';
import { MAX_LOG_ENTRIES } from '../../storage/account-records.ts';
import { PROFILE_COLUMN_NAMES } from '../../storage/profile-columns.ts';
import { priorConsent } from '../consent/consent-request.ts';
import type { DomainContext } from '../context.ts';

/** Explains each part of the file, for a person who may open it years later. */
const SECTIONS = {
  account:
    'Your email address and whether it is confirmed, and everything that you filled in on your profile. Of the ' +
    'addresses, the first is the one that is shared. `verified_phone_number` is the number that we have verified, `own_claims` what we ' +
    'know besides. `picture` is its address, `picture_file` the file itself as a data URL.',
  pending_email_codes:
    'Links that were mailed to you and still work: for what, and until when. Not the links themselves.',
  passkeys:
    'Passkeys that can sign in to your account, by name. The keys themselves open your account and are left out.',
  identities:
    'Your sign-ins at other logins that can sign in to your account: which login (`upstream`, `issuer`), how it knows you ' +
    '(`subject`), and the address that it told us when you added it.',
  imported_from:
    'The system from which we took your account over: the name of the file, how it knew you (`known_as`), the phone number that it ' +
    'had confirmed, when it saw you last, and when we last took something over (`brought_at`).',
  directory:
    'What the system of people behind this platform has said about you: how it knows you (`known_as`), when it last had nothing against ' +
    'your signing in, and since when it has.',
  two_step_verification:
    'Your authenticator app: since when it works, or until when it waits to be set up; and your recovery codes, when they were made ' +
    'and used. Not their secrets, which open your account.',
  known_browsers:
    'Browsers in which you have signed in: what they say about themselves, when you signed in there first and last, and until when ' +
    'you are not asked for two-step verification there. Kept for a year after the last sign-in.',
  sessions:
    'Where you are signed in: what the browser says about itself, its network address, when you signed in ' +
    'and when it was last seen.',
  shops:
    'Shops that you have shared something with. `user_id` is the id by which the shop knows you. `connected` says ' +
    'whether you share with it now, `granted` and `declined` what you agreed to, claim by claim (OpenID ' +
    'Connect Core 1.0 section 5.1). `disclosures` says when the shop last got each field: `received_at` ' +
    'when you signed in there, `read_at` over our API. `roles`, `username`, `external_id`, `deactivated_at` ' +
    'and `last_signin_at` are what the shop noted about you. `events` are the events that its developers can see ' +
    '(kept for 30 days). `told` is what we told its server of you, or are about to (kept for 30 days): that something has changed, and ' +
    'never the value. `told_of_events` is how often.',
  app_memberships: 'Apps of shops that you work on as a developer, and your role.',
  invitations_sent: 'Open invitations to your apps. The invited addresses are left out, because they belong to others.',
  invitations_received: 'Open invitations to the apps of others.',
  mails: 'Mails to you that we still keep. Usually a mail is deleted once it is sent.',
  audit_log:
    `Security-relevant acts by you or on your account, at most the latest ${MAX_LOG_ENTRIES.toLocaleString('en')}. ` +
    "The log is kept after your account is deleted, but only with the account's random id, and network addresses for 90 days.",
} as const;

/** Everything that is kept about an account, as self-explanatory JSON. Names are in snake_case as on the wire, times in ISO 8601. */
export function dataExport(
  { config, issuer }: Pick<DomainContext, 'config' | 'issuer'>,
  records: AccountRecords,
  now = new Date(),
): Record<keyof typeof SECTIONS | 'about', unknown> {
  return {
    about: {
      what: `Everything that ${config.platformName} keeps about your account.`,
      platform: issuer,
      made_at: now.toISOString(),
      times: 'ISO 8601, UTC. null: not known, or it never happened.',
      left_out:
        'Passwords, keys and codes, which we keep in a form that cannot be turned back; and what is derived ' +
        'from the rest.',
      sections: SECTIONS,
    },
    account: accountPart(records),
    pending_email_codes: records.emailCodes.map((code) => ({
      purpose: code.purpose,
      email: code.email,
      ...times(code, 'created_at', 'expires_at'),
    })),
    passkeys: records.passkeys.map((passkey) => ({
      name: passkey.name,
      transports: parse(passkey.transports) ?? [],
      backed_up: passkey.backed_up === 1,
      ...times(passkey, 'created_at', 'last_used_at'),
    })),
    identities: records.identities.map((identity) => ({
      upstream: identity.upstream,
      issuer: identity.issuer,
      subject: identity.subject,
      email: identity.email,
      ...times(identity, 'created_at', 'last_used_at'),
    })),
    imported_from: records.origins.map((origin) => ({
      file: origin.source,
      known_as: origin.row_key,
      verified_phone_number: origin.verified_phone_number,
      ...times(origin, 'started_at', 'brought_at', 'last_seen_at'),
    })),
    directory: records.directory.map((word) => ({
      known_as: word.person_key,
      ...times(word, 'confirmed_at', 'refused_at'),
    })),
    two_step_verification: {
      authenticators: records.authenticators.map((authenticator) => ({
        state: authenticator.state,
        ...times(authenticator, 'created_at', 'expires_at'),
      })),
      recovery_codes: records.recoveryCodes.map((code) => times(code, 'created_at', 'used_at')),
    },
    known_browsers: records.knownBrowsers.map((browser) => ({
      user_agent: browser.user_agent,
      ...times(browser, 'first_seen_at', 'last_seen_at', 'trusted_until'),
    })),
    sessions: records.sessions.map((session) => ({
      id: session.uid,
      user_agent: session.user_agent,
      network_address: session.address,
      ...times(session, 'created_at', 'last_seen_at'),
    })),
    shops: records.users.map((user) => shopPart(records, user)),
    app_memberships: records.memberships.map((member) => ({
      app_id: member.app_id,
      app: member.app_name,
      role: member.role,
      ...times(member, 'created_at'),
    })),
    invitations_sent: records.invitationsSent.map(invitationPart),
    invitations_received: records.invitationsReceived.map(invitationPart),
    mails: records.mails.map((mail) => ({ subject: mail.subject, ...times(mail, 'created_at') })),
    audit_log: records.auditLog.map((entry) => auditPart(records.account.id, entry)),
  };
}

function accountPart({ account, pictures }: AccountRecords) {
  const picture = pictures[0];
  return {
    id: account.id,
    realm: account.realm,
    email: account.email,
    has_password: account.has_password,
    ...profilePart(account),
    addresses: [parse(account.address) ?? [], parse(account.other_addresses) ?? []].flat(),
    picture_file: picture && {
      id: picture.id,
      data: `data:${picture.content_type};base64,${picture.base64}`,
      ...times(picture, 'created_at'),
    },
    test_person: account.persona,
    sandbox_app_id: account.sandbox_app_id,
    ...times(
      account,
      'email_verified_at',
      'blocked_at',
      'deletion_due_at',
      'passkey_offered_at',
      'new_password_due_at',
    ),
    ...times(account, 'created_at', 'updated_at'),
  };
}

/** What the person filled in, by column; the address is among the addresses. */
function profilePart(account: AccountRecords['account']) {
  const columns = PROFILE_COLUMN_NAMES.filter((column) => column !== 'address' && column !== 'own_claims');
  return {
    ...Object.fromEntries(columns.map((column) => [column, account[column]])),
    own_claims: parse(account.own_claims) ?? {},
  };
}

function shopPart({ grants, disclosures, events, told }: AccountRecords, user: AccountRecords['users'][number]) {
  const grant = grants.find((one) => one.client_id === user.client_id);
  const { granted, declined } = priorConsent(grant ? (parse(grant.payload) as object) : {});
  return {
    name: user.app_name,
    environment: user.environment,
    client_id: user.client_id,
    user_id: user.id,
    origins: parse(user.origins),
    home_page: user.home_page_uri,
    privacy_policy: user.privacy_policy_uri,
    connected: grant !== undefined,
    granted: [...granted],
    declined: [...declined],
    consent: grant ? times(grant, 'created_at', 'updated_at') : null,
    disclosures: disclosures
      .filter((one) => one.user_id === user.id)
      .map((one) => ({ field: one.field, ...times(one, 'received_at', 'read_at') })),
    roles: parse(user.roles) ?? [],
    username: user.username,
    external_id: user.external_id,
    ...times(user, 'deactivated_at', 'last_signin_at', 'first_credential_at', 'created_at', 'updated_at'),
    events: events
      .filter((event) => event.user_id === user.id && event.client_id === user.client_id)
      .map((event) => ({
        kind: event.kind,
        status: event.status,
        summary: event.summary,
        ...times(event, 'created_at'),
      })),
    told_of_events: user.event_sequence,
    told: told
      .filter((event) => event.user_id === user.id && event.client_id === user.client_id)
      .map((event) => ({
        id: event.event_id,
        state: event.state,
        number: event.sequence,
        event: event.body && JSON.parse(event.body),
        ...times(event, 'created_at'),
      })),
  };
}

function invitationPart(invitation: AccountRecords['invitationsSent'][number]) {
  return {
    app: invitation.app_name,
    role: invitation.role,
    ...times(invitation, 'created_at', 'expires_at', 'mailed_at'),
  };
}

/** Leaves out who else acted and from where, because that is their personal data. */
function auditPart(accountId: string, entry: AccountRecords['auditLog'][number]) {
  const isOwn = entry.actor === `account:${accountId}`;
  const isAnother = !isOwn && entry.actor.startsWith('account:');
  return {
    id: entry.id,
    act: entry.act,
    actor: isAnother ? 'another account' : entry.actor,
    subject: entry.subject,
    network_address: isOwn ? entry.address : null,
    request_id: entry.request_id,
    detail: parse(entry.detail),
    ...times(entry, 'created_at'),
  };
}

function times<Row extends object, Name extends keyof Row & string>(row: Row, ...names: Name[]) {
  const iso = (at: unknown) => (typeof at === 'number' ? new Date(at).toISOString() : null);
  return Object.fromEntries(names.map((name) => [name, iso(row[name])])) as Record<Name, string | null>;
}

function parse(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
