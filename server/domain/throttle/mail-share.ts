import type { Realm } from '@signup-with-platform/protocol';
import { emailKey } from '../../storage/email-key.ts';
import type { Throttle } from './throttle.ts';

const LIMITS_OF = {
  signUp: { byNetwork: 'signUpMailsByNetwork', byEmail: 'signUpMailsByEmail' },
  confirm: { byNetwork: 'confirmMailsByNetwork', byEmail: 'confirmMailsByEmail' },
  code: { byNetwork: 'codeMailsByNetwork', byEmail: 'codeMailsByEmail' },
  reset: { byNetwork: 'resetMailsByNetwork', byEmail: 'resetMailsByEmail' },
  changeEmail: { byNetwork: 'changeEmailMailsByNetwork', byEmail: 'changeEmailMailsByEmail' },
  invite: { byNetwork: 'inviteMailsByNetwork', byEmail: 'inviteMailsByEmail' },
} as const;

/**
 * What the mails to an address are counted for. In the sandbox nobody outside the app is mailed, so each app has a mailbox of its own there:
 * nothing that happens in the sandbox uses up what a person or another app gets. Neither does what one browser does to its test people.
 *
 * What follows a plus is another name of one mailbox at most providers (RFC 5233), so everybody could have one filled without end. Where it is
 * none, two mailboxes share what they get. The sandbox counts each name, because that is how tests make addresses.
 * @param owner in the sandbox: the app, or the browser, whose account it is
 */
export function mailboxOf({ realm }: { realm: Realm }, email: string, owner?: string): string {
  return realm === 'production'
    ? emailKey(email).replace(/^([^+@]+)\+[^@]*@/, '$1@')
    : JSON.stringify(['sandbox', owner ?? null, emailKey(email)]);
}

/**
 * Whether an address may be mailed because of what somebody typed who may be anybody. It protects the mailbox and nothing else: the form
 * that was typed into goes on either way. A network that has caused its share of mails uses up nothing of what others may cause.
 *
 * When others have used up what the address gets, each network may still cause one more mail a day, so that the owner gets theirs. Whoever
 * wants to use that up, too, needs a hundred networks a day for each address.
 * @param to.mailbox see {@link mailboxOf}
 */
export async function mayMail(
  throttle: Throttle,
  kind: keyof typeof LIMITS_OF,
  { mailbox, address }: { mailbox: string; address: string | undefined },
): Promise<boolean> {
  const { byNetwork, byEmail } = LIMITS_OF[kind];
  const fromHere = { address, subject: mailbox };
  if ((await throttle.count(byNetwork, fromHere)) > 0) return false;
  if ((await throttle.count(byEmail, mailbox)) === 0) return true;
  if ((await throttle.count('spareMailByNetwork', fromHere)) > 0) return false;
  return (await throttle.count('spareMailsByEmail', mailbox)) === 0;
}
