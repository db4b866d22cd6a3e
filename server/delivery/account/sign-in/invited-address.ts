import type { PortalCall } from '#portal/route.ts';

/**
 * The address that an invitation is for, to fill it in for somebody who comes from its page. It is looked up and not taken from the query:
 * a link could otherwise fill in a stranger's address, and the person would make an account that is not theirs.
 * @param target where to go on afterwards, as `continuation` returned it
 */
export async function invitedAddress({ base, context }: PortalCall, target: string): Promise<string | undefined> {
  const { pathname, searchParams } = new URL(target, context.config.publicUrl);
  const code = searchParams.get('code');
  // Apps belong to accounts of the production realm, and so do invitations.
  if (context.realm !== 'production' || pathname !== `${base}/invitation` || !code) return undefined;
  return (await context.storage.appInvitations.findByCode(code))?.email;
}
