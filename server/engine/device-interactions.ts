import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { ensureBrowser, hashOfBrowser } from '../http/browser-cookie.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { randomId } from '../storage/ids.ts';
import { attemptIn, continueAttempt } from './attempts.ts';
import { createInteraction, loadSession } from './engine-internals.ts';
import { INTERACTION_LIFETIME_SECONDS } from './lifetimes.ts';
import { DEVICE_PROMPT } from './prompts.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';

export type DeviceStart =
  /** Where the person is asked whether the device is theirs. */
  | { at: string; clientId: string }
  /** There is no device with this code, or it no longer waits. */
  | { problem: 'unknown' | 'over' };

/**
 * Begins an attempt for the device that shows a code. It is an interaction as those of the authorization endpoint are, so its forms, its browser
 * and its pages are guarded alike; the first thing that it asks is whether the device is the person's own. The engine goes on from there.
 */
export async function beginDeviceInteraction(
  context: Pick<RealmContext, 'issuer' | 'realm' | 'prefix'>,
  provider: Provider,
  { request, response, userCode }: { request: IncomingMessage; response: ServerResponse; userCode: string },
): Promise<DeviceStart> {
  const code = await provider.DeviceCode.findByUserCode(userCode, { ignoreExpiration: true });
  if (!code?.clientId) return { problem: 'unknown' };
  if (code.isExpired || code.error !== undefined || code.accountId !== undefined) return { problem: 'over' };
  if (!(await provider.Client.find(code.clientId))) return { problem: 'over' };
  const uid = randomId();
  const session = await loadSession(provider, request, response);
  const interaction = createInteraction(provider, uid, {
    prompt: { name: DEVICE_PROMPT, reasons: ['device_not_confirmed'], details: {} },
    params: code.params ?? {},
    returnTo: `${context.issuer}${PROVIDER_ROUTES.code_verification}/${uid}`,
    session,
    deviceCode: code.jti,
    cid: uid,
  });
  continueAttempt(request, code);
  const browser = hashOfBrowser(ensureBrowser(context, request, response));
  Object.assign(interaction, { browser, attempt: attemptIn(code) });
  await interaction.save(INTERACTION_LIFETIME_SECONDS);
  return { at: `${context.prefix}/interaction/${uid}`, clientId: code.clientId };
}
