import type { Environment } from '@signup-with-platform/protocol';
import type { AppEnvironment, NewEnvironment } from '../../storage/app-environments.ts';
import { hostOf } from '../../storage/domain-proofs.ts';
import type { DomainContext } from '../context.ts';
import { needsProof, newProof } from './domain-proof.ts';

type Settings = DomainContext['config'];

/** What a new environment of a vendor's begins with: it waits for the operator, and for the proof of its origin's domain. */
export function reviewOfNew(
  environment: Environment,
  { reviewsApps, publicUrl }: Pick<Settings, 'reviewsApps' | 'publicUrl'>,
  origin: string,
): Pick<NewEnvironment, 'review' | 'domains'> {
  return {
    ...(environment === 'production' && reviewsApps && { review: 'pending' as const }),
    ...(needsProof(environment, publicUrl) && { domains: [newProof(hostOf(origin))] }),
  };
}

/**
 * Whether a new name waits for the operator: where real people see it. Before the environment is approved it need not, because it is approved
 * by the name that it has then.
 */
export function holdsNewName(
  { reviewsApps }: Pick<Settings, 'reviewsApps'>,
  production: Pick<AppEnvironment, 'standing'> | undefined,
): boolean {
  return reviewsApps && production !== undefined && !isHeld(production);
}

/** Whether an environment waits for the operator's approval, or has not got it. */
export function isHeld({ standing }: Pick<AppEnvironment, 'standing'>): boolean {
  return standing === 'pending' || standing === 'declined';
}
