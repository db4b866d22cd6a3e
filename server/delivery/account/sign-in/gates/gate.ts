import type { FastifyReply } from 'fastify';
import type { PortalCall } from '#portal/route.ts';
import type { Account } from '#storage/accounts.ts';
import type { GateName, HeldAttempt } from '../attempt.ts';

/** Something that a person is asked after they have proven who they are, and before they are signed in. Its form has a route of its own. */
export interface Gate {
  readonly name: GateName;
  /** Whether the person has to stop here. Asked once on the way, so that it may also do what the page needs. */
  opens(call: PortalCall, attempt: HeldAttempt, account: Account): Promise<boolean>;
  /** The page of the attempt while the person is here. */
  send(call: PortalCall, attempt: HeldAttempt, account: Account): Promise<FastifyReply>;
}
