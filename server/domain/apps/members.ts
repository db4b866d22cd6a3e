import { invitationMail } from '../../mail/invitation-mail.ts';
import { MailLimitError } from '../../outbox/mail-limits.ts';
import type { Postage } from '../../outbox/outbox.ts';
import { type Account, EmailTakenError, emailKey } from '../../storage/accounts.ts';
import { type AppInvitation, type SentInvitation, TooManyInvitationsError } from '../../storage/app-invitations.ts';
import type { AppRole } from '../../storage/app-members.ts';
import type { DomainContext } from '../context.ts';
import { mailboxOf, mayMail } from '../throttle/mail-share.ts';

export const INVITATION_LIFETIME_DAYS = 7;
const INVITATION_LIFETIME_SECONDS = INVITATION_LIFETIME_DAYS * 24 * 60 * 60;
const INVITATION_LIFETIME_MS = INVITATION_LIFETIME_SECONDS * 1000;

/** The app, and the owner who invites. */
export interface Inviter {
  app: { id: string; name: string };
  account: Account;
  /** The inviter's languages (BCP 47), because those of the invited person are unknown. */
  languages: readonly string[];
  /** Network address, whose share of the mails it takes. */
  address: string | undefined;
}

export type InviteResult =
  /**
   * `kept`: only in the app's sandbox inbox, because the app has nothing in production. `unsent`: it waits, but no mail was sent now, because
   * the app or the address has had enough today. An earlier link to the address still works.
   */
  | { outcome: 'sent' | 'kept' | 'unsent'; invitation: AppInvitation }
  | { outcome: 'unconfirmed_inviter' | 'already_member' | 'too_many_waiting' | 'not_waiting' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/**
 * Invites an address by mail. The mail and the result are the same whether or not the address has an account, so that the owner learns
 * nothing about it. Only for members, whose addresses owners can see anyway, is the result `already_member`.
 */
export async function invite(
  context: DomainContext,
  by: Inviter,
  { email, role }: { email: string; role: AppRole },
): Promise<InviteResult> {
  // The mail shows the inviter's name to a stranger, so the inviter must have verified an address.
  if (!by.account.emailVerified) return { outcome: 'unconfirmed_inviter' };
  const { storage } = context;
  const members = await storage.appMembers.list(by.app.id);
  if (members.some((member) => member.email && emailKey(member.email) === emailKey(email))) {
    return { outcome: 'already_member' };
  }
  const postage = await admit(context, by, email);
  if (postage && 'outcome' in postage) return postage;
  const waiting = postage ? undefined : await waitingFor(context, by, { email, role });
  if (waiting) return { outcome: 'unsent', invitation: waiting };
  try {
    const invitation = await storage.appInvitations.create({
      appId: by.app.id,
      email,
      role,
      invitedBy: by.account.id,
      mailed: postage?.mailed ?? false,
      lifetimeMs: INVITATION_LIFETIME_MS,
    });
    return await send(context, by, invitation, postage);
  } catch (error) {
    await postage?.giveBack();
    if (error instanceof TooManyInvitationsError) return { outcome: 'too_many_waiting' };
    throw error;
  }
}

/** An invitation that waits already, whose link must not end without another one in the mail. */
async function waitingFor(
  { storage }: DomainContext,
  { app }: Inviter,
  { email, role }: { email: string; role: AppRole },
): Promise<AppInvitation | undefined> {
  const waiting = await storage.appInvitations.list(app.id);
  return waiting.find((one) => emailKey(one.email) === emailKey(email) && one.role === role);
}

/** Mails an invitation again with a new link. The old link stops working. */
export async function inviteAgain(context: DomainContext, by: Inviter, invitationId: string): Promise<InviteResult> {
  if (!by.account.emailVerified) return { outcome: 'unconfirmed_inviter' };
  const { appInvitations } = context.storage;
  const waiting = (await appInvitations.list(by.app.id)).find(({ id }) => id === invitationId);
  if (!waiting) return { outcome: 'not_waiting' };
  const postage = await admit(context, by, waiting.email);
  if (!postage) return { outcome: 'unsent', invitation: waiting };
  if ('outcome' in postage) return postage;
  const { mailed } = postage;
  const invitation = await appInvitations.renew(by.app.id, invitationId, {
    lifetimeMs: INVITATION_LIFETIME_MS,
    mailed,
  });
  if (invitation) return send(context, by, invitation, postage);
  await postage.giveBack();
  return { outcome: 'not_waiting' };
}

/**
 * Counts an invitation, and decides where its mail goes. What the inviter and the app did before limits the invitations; what others did with
 * the address, the mails alone.
 * @returns undefined when no mail may be sent now
 */
async function admit(
  context: DomainContext,
  by: Inviter,
  email: string,
): Promise<Postage | Extract<InviteResult, { outcome: 'too_many_attempts' }> | undefined> {
  const { throttle } = context;
  const waits = await Promise.all([
    throttle.count('inviteByAccount', by.account.id),
    throttle.count('inviteByAppAndEmail', JSON.stringify([by.app.id, emailKey(email)])),
  ]);
  const retryAfterMs = Math.max(...waits);
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };
  const postage = await postageFor(context, by, email);
  // What stays in an inbox fills nobody's mailbox.
  if (!postage?.mailed) return postage;
  const mailbox = mailboxOf(context, email);
  if (await mayMail(throttle, 'invite', { mailbox, address: by.address })) return postage;
  await postage.giveBack();
  return undefined;
}

async function postageFor({ mailer }: DomainContext, { app }: Inviter, email: string): Promise<Postage | undefined> {
  try {
    return await mailer.admit(email, { by: 'member', appId: app.id });
  } catch (error) {
    if (error instanceof MailLimitError) return undefined;
    throw error;
  }
}

async function send(
  { mailer, issuer, config }: DomainContext,
  { app, account, languages }: Inviter,
  { code, ...invitation }: SentInvitation,
  postage: Postage | undefined,
): Promise<InviteResult> {
  if (!postage) return { outcome: 'unsent', invitation };
  const mail = invitationMail(invitation.email, mailer.languageFor(languages), {
    platform: config.platformName,
    app: app.name,
    inviter: nameOf(account),
    inviterEmail: account.email ?? '',
    link: `${issuer}/account/invitation?code=${code}`,
    lifetimeSeconds: INVITATION_LIFETIME_SECONDS,
  });
  await mailer.post(mail, postage);
  return { outcome: postage.mailed ? 'sent' : 'kept', invitation };
}

/** The name by which other members see a person. */
export function nameOf({ givenName, familyName, email }: Pick<Account, 'givenName' | 'familyName' | 'email'>): string {
  return [givenName, familyName].filter(Boolean).join(' ') || (email ?? '');
}

/**
 * `other_address`: the invitation is for another address than the account's. `address_taken`: another account has verified the address.
 * `unconfirmed`: the address has to be confirmed first, because the invitation was not mailed to it.
 */
export type AcceptResult =
  | { outcome: 'accepted'; invitation: AppInvitation }
  | { outcome: 'invalid' | 'other_address' | 'address_taken' | 'unconfirmed' };

/**
 * Makes an account a member of the app that invited its address. If the code came by mail, the person reads that address's mail, and the
 * address becomes verified. A code that was only kept in the app's inbox proves nothing, because whoever invites could read it, too.
 */
export async function acceptInvitation(context: DomainContext, account: Account, code: string): Promise<AcceptResult> {
  const { storage, rows } = context;
  const found = await storage.appInvitations.findByCode(code);
  if (!found) return { outcome: 'invalid' };
  if (!isFor(found, account)) return { outcome: 'other_address' };
  if (!provesAddress(found, account)) return { outcome: 'unconfirmed' };
  if (!account.emailVerified) {
    try {
      await rows.accounts.markEmailVerified(account.id, found.email);
    } catch (error) {
      if (error instanceof EmailTakenError) return { outcome: 'address_taken' };
      throw error;
    }
  }
  const invitation = await storage.appInvitations.accept(code, account.id);
  return invitation ? { outcome: 'accepted', invitation } : { outcome: 'invalid' };
}

/** Whether it is proven that the account's person reads the invited address: by the account, or by the mail with the code. */
export function provesAddress(
  { mailed }: Pick<AppInvitation, 'mailed'>,
  account: Pick<Account, 'emailVerified'>,
): boolean {
  return account.emailVerified || mailed;
}

export function isFor({ email }: Pick<AppInvitation, 'email'>, account: Pick<Account, 'email'>): boolean {
  return account.email !== undefined && emailKey(email) === emailKey(account.email);
}
