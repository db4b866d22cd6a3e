import type { FastifyReply } from 'fastify';
import type { EnvironmentCall } from '#portal/route.ts';
import type { SetupDone } from './done.ts';
import { type SetupAttempt, sendSetup } from './setup-page.ts';

/** What the page says besides what is stored. */
interface SetupState {
  attempt?: SetupAttempt;
  done?: SetupDone | undefined;
  /** Above the cards. */
  alert?: unknown;
}

/** The page as the environment is now: read again, because it may have changed since the request began. */
export async function showSetup(
  call: EnvironmentCall,
  status: number,
  { attempt = {}, done, alert }: SetupState,
): Promise<FastifyReply> {
  const { appEnvironments, signupEndpoints } = call.context.storage;
  const environment = (await appEnvironments.findByClientId(call.environment.clientId)) ?? call.environment;
  const endpoint = await signupEndpoints.find(environment.clientId);
  return sendSetup({ ...call, environment }, status, { attempt, done, alert, endpointUrl: endpoint?.url });
}
