import type { Throttle } from './throttle.ts';

const LIMITS_OF = {
  signUp: { byNetwork: 'signUpMailsByNetwork', byEmail: 'signUpMailsByEmail' },
  reset: { byNetwork: 'resetMailsByNetwork', byEmail: 'resetMailsByEmail' },
} as const;

/**
 * Whether an address may be mailed because of what somebody typed who may be anybody. It protects the mailbox and nothing else: the form
 * that was typed into goes on either way. A network that has caused its share of mails uses up nothing of what others may cause.
 */
export async function mayMail(
  throttle: Throttle,
  kind: keyof typeof LIMITS_OF,
  { email, address }: { email: string; address: string | undefined },
): Promise<boolean> {
  const { byNetwork, byEmail } = LIMITS_OF[kind];
  if ((await throttle.count(byNetwork, { address, subject: email })) > 0) return false;
  return (await throttle.count(byEmail, email)) === 0;
}
