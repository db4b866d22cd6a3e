import type { Insertable, Kysely } from 'kysely';
import { type Account, emailKey } from '../accounts.ts';
import { randomId } from '../ids.ts';
import type { Storage } from '../index.ts';
import type { Tables } from '../tables.ts';

/** Somebody of whom every table knows something, with a value in every column. */
export interface WholePerson {
  account: Account;
  /** Stands in every text that tells of the person. */
  mark: string;
  /** What one shop knows them by. */
  userId: string;
  clientId: string;
  /** An app that only they own. */
  ownAppId: string;
}

/** Of the production realm. Rows that belong to others but name the person are among them. */
export async function storeWholePerson(
  db: Kysely<Tables>,
  storage: Storage,
  { emailVerified = true }: { emailVerified?: boolean } = {},
): Promise<WholePerson> {
  const mark = `mark${randomId(6).replaceAll(/[-_]/g, 'x')}`;
  const rows = storage.realm('production');
  // Of which SQLite's lower() would leave the capital as it is.
  const email = `Änne.${mark}@example.com`;
  const shop = { name: 'Shop', environment: 'production', origins: ['https://shop.example'] } as const;
  const { clientId, appId } = await storage.apps.create(shop);
  const account = await rows.accounts.create({
    email,
    emailVerified,
    passwordHash: `hash-${mark}`,
    foreignPassword: { kept: `foreign-${mark}`, cost: 1 },
    givenName: `Given ${mark}`,
    familyName: `Family ${mark}`,
    phoneNumber: `+31 ${mark}`,
    address: { street_address: `Street ${mark}`, locality: `Town ${mark}` },
    otherAddresses: [{ street_address: `Other ${mark}` }],
    verifiedPhoneNumber: `+31 ${mark} v`,
    ownClaims: { loyalty_number: `Loyalty ${mark}` },
    birthdate: `1990-${mark}`,
    locale: `en-${mark}`,
    picture: `https://id.example/${mark}.png`,
    persona: `persona-${mark}`,
    appId,
    blocked: true,
    deletionDueAt: new Date(Date.now() - 1_000),
    passkeyOfferedAt: new Date(1_700_000_000_001),
    newPasswordDueAt: new Date(1_700_000_000_501),
  });
  const { appId: ownAppId } = await storage.apps.create({ ...shop, name: 'Own app' });
  const { id: userId } = await rows.users.ensure(clientId, account.id);
  await storage.appMembers.put(ownAppId, account.id, 'owner');

  let time = 1_700_000_001_000;
  /** Each another one, so that what is looked for is found for a reason. */
  const at = () => (time += 1_001);
  const realm = 'production';
  const owner = { realm, account_id: account.id } as const;
  const insert = <Table extends keyof Tables>(table: Table, row: Insertable<Tables[Table]>) =>
    db
      .insertInto(table)
      .values(row as never)
      .execute();

  await insert('email_codes', {
    ...owner,
    code_hash: `code-${mark}`,
    purpose: 'change_email',
    email_key: emailKey(`new.${mark}@example.com`),
    email: `New.${mark}@example.com`,
    expires_at: at(),
    created_at: at(),
  });
  await insert('sessions', {
    ...owner,
    uid: `session-${mark}`,
    user_agent: `Agent ${mark}`,
    address: `address-${mark}`,
    browser_hash: `browser-${mark}`,
    created_at: at(),
    last_seen_at: at(),
  });
  await insert('passkeys', {
    ...owner,
    credential_id: `credential-${mark}`,
    name: `Passkey ${mark}`,
    public_key: `public-${mark}`,
    counter: 7,
    transports: JSON.stringify([`transport-${mark}`]),
    backed_up: 1,
    created_at: at(),
    last_used_at: at(),
    user_handle: `credential-handle-${mark}`,
  });
  await insert('identities', {
    ...owner,
    id: `identity-${mark}`,
    app_id: '',
    issuer: `https://login-${mark}.example`,
    subject: `subject-${mark}`,
    upstream: `upstream-${mark}`,
    email: `there.${mark}@example.com`,
    created_at: at(),
    last_used_at: at(),
  });
  const importId = randomId();
  const file = { source: 'people.ndjson', created: 1, updated: 0, started_at: at(), finished_at: null };
  await insert('imports', { id: importId, realm, ...file });
  await insert('imported_accounts', {
    ...owner,
    row_key: `id:${mark}`,
    row_digest: `row-${mark}`,
    verified_phone_number: `+49 ${mark}`,
    created_by: importId,
    told: `{"email_key":"told-${mark}"}`,
    brought: `brought-${mark}`,
    updated_by: importId,
    brought_at: at(),
    last_seen_at: at(),
  });
  await insert('directory_people', {
    ...owner,
    person_key: `id:person-${mark}`,
    person_digest: `person-digest-${mark}`,
    password_hash: `directory-hash-${mark}`,
    confirmed_at: at(),
    refused_at: at(),
  });
  await insert('authenticators', {
    ...owner,
    state: 'active',
    id: `authenticator-${mark}`,
    secret: `sealed-${mark}`,
    last_step: 57_000_001,
    created_at: at(),
    expires_at: null,
  });
  await insert('authenticators', {
    ...owner,
    state: 'pending',
    id: `pending-${mark}`,
    secret: `sealed-pending-${mark}`,
    last_step: null,
    created_at: at(),
    expires_at: Date.now() + 60_000,
  });
  await insert('recovery_codes', { ...owner, code_hash: `recovery-${mark}`, created_at: at(), used_at: at() });
  await insert('known_browsers', {
    ...owner,
    browser_hash: `browser-${mark}`,
    id: `known-${mark}`,
    user_agent: `Known agent ${mark}`,
    first_seen_at: at(),
    last_seen_at: at(),
    trusted_until: at(),
  });
  await insert('pictures', {
    id: `picture-${mark}`,
    account_id: account.id,
    app_id: null,
    content_type: 'image/webp',
    base64: `base64${mark}`,
    created_at: at(),
  });
  await db
    .updateTable('users')
    .set({
      first_credential_at: at(),
      external_id: `external-${mark}`,
      username: `username-${mark}`,
      username_key: `username-${mark}`,
      roles: JSON.stringify([`role-${mark}`]),
      deactivated_at: at(),
      last_signin_at: at(),
    })
    .where('id', '=', userId)
    .execute();
  const grantId = `grant-${mark}`;
  await rows.grants.create({
    id: grantId,
    clientId,
    accountId: account.id,
    payload: {
      accountId: account.id,
      clientId,
      openid: { claims: ['email', 'address'] },
      rejected: { openid: { claims: ['picture'] } },
    },
  });
  await insert('disclosures', { user_id: userId, how: 'received', fields: 'email', last_at: at() });
  await insert('disclosures', { user_id: userId, how: 'read', fields: 'email', last_at: at() });
  await insert('user_codes', {
    realm,
    client_id: clientId,
    code_hash: `user-code-${mark}`,
    user_id: userId,
    purpose: 'signin',
    expires_at: at(),
    created_at: at(),
  });
  const record = { realm, consumed_at: null, expires_at: Date.now() + 60_000, grant_id: null, uid: null } as const;
  const payload = JSON.stringify({ accountId: account.id, mark });
  await insert('oidc_records', { ...record, model: 'Session', id_hash: `1-${mark}`, payload, uid: `session-${mark}` });
  await insert('oidc_records', { ...record, model: 'RefreshToken', id_hash: `2-${mark}`, payload, grant_id: grantId });
  await insert('oidc_records', {
    ...record,
    model: 'Interaction',
    id_hash: `3-${mark}`,
    payload: JSON.stringify({ session: { accountId: account.id }, mark }),
    grant_id: grantId,
    owner_id: account.id,
  });
  await insert('app_members', { app_id: appId, account_id: account.id, role: 'developer', created_at: at() });
  const invitation = { app_id: appId, role: 'read-only', expires_at: at(), created_at: at(), mailed_at: at() } as const;
  await insert('app_invitations', {
    ...invitation,
    id: `to-${mark}`,
    email: email.toUpperCase(),
    email_key: emailKey(email),
    code_hash: `to-${mark}`,
    invited_by: null,
  });
  await insert('app_invitations', {
    ...invitation,
    id: randomId(),
    email: 'somebody@else.example',
    email_key: 'somebody@else.example',
    code_hash: randomId(),
    invited_by: account.id,
  });
  const event = { client_id: clientId, kind: 'credential_issued', request_id: randomId(), status: 200 } as const;
  await insert('app_events', {
    ...event,
    id: randomId(),
    user_id: userId,
    attempt: randomId(),
    summary: `Summary ${mark}`,
    detail: JSON.stringify({ mark }),
    created_at: at(),
  });
  await insert('app_events', {
    ...event,
    id: randomId(),
    user_id: null,
    summary: `GET /1/users/${userId}`,
    detail: null,
    created_at: at(),
  });
  // The shop's, and ended, so that nothing more is told of what happens to the person.
  const webhookId = randomId();
  const webhook = {
    ...{ id: webhookId, client_id: clientId, url: 'https://shop.example/hooks', secret: 'sealed', failures: 0 },
    realm,
    disabled_at: 1,
    created_at: 1,
  } as const;
  await insert('webhooks', webhook);
  await insert('webhook_deliveries', {
    ...{
      id: `delivery-${mark}`,
      webhook_id: webhookId,
      realm,
      event_id: `event-${mark}`,
      type: 'user.updated',
    },
    ...{
      user_id: userId,
      sequence: 40_123,
      body: JSON.stringify({ type: 'user.updated', data: { user_id: userId, changed: [mark] } }),
    },
    ...{ is_replay: 0, attempts: 1, due_at: null, held_until: at(), give_up_at: at(), state: 'delivered' },
    ...{ tries: JSON.stringify([{ at: 'then', took_ms: 1, answer: `Answer ${mark}` }]), created_at: at() },
  });
  const mail = { attempts: 0, due_at: null } as const;
  await insert('mails', {
    ...mail,
    id: randomId(),
    recipient: email.toUpperCase(),
    recipient_key: emailKey(email),
    subject: `Subject ${mark}`,
    text: `Text ${mark}`,
    html: '<p>mail</p>',
    created_at: Date.now(),
  });
  await insert('mails', {
    ...mail,
    id: randomId(),
    realm,
    recipient: 'colleague@example.com',
    recipient_key: 'colleague@example.com',
    subject: 'Somebody joined',
    text: `${email} may now work on Own app.`,
    created_at: at(),
  });
  // Of an inbox of the sandbox.
  await insert('mails', {
    ...mail,
    id: randomId(),
    realm,
    account_id: account.id,
    recipient: 'elsewhere@example.com',
    recipient_key: 'elsewhere@example.com',
    subject: 'Confirm your address',
    text: 'A link',
    created_at: at(),
  });
  await storage.auditLog.append({
    realm,
    act: 'account.password_changed',
    actor: `account:${account.id}`,
    subject: `account:${account.id}`,
    address: '192.0.2.7',
    requestId: randomId(),
    detail: { method: 'link' },
  });
  return { account, mark, userId, clientId, ownAppId };
}
