import type { Configuration } from 'oidc-provider';
import { USER_CODES } from './device-codes.ts';
import { spareSession } from './engine-internals.ts';
import type { EngineHooks } from './hooks.ts';

type DeviceFlow = NonNullable<NonNullable<Configuration['features']>['deviceFlow']>;

/**
 * The device authorization grant (RFC 8628). Where people type the code is ours (delivery/popup/device/), so of the engine's pages only those
 * after an answer are shown.
 */
export function deviceFlow(hooks: EngineHooks): DeviceFlow {
  return {
    enabled: true,
    ...USER_CODES,
    // It is the shop's backend or an app that asks. Their addresses tell the person nothing about the device.
    deviceInfo: () => ({}),
    successSource: (ctx) => hooks.deviceApproved(ctx),
    userCodeInputSource: async (ctx, _form, out, error) => {
      spareSession(ctx);
      await hooks.deviceRefused(
        ctx,
        out ?? { error: 'server_error' },
        error ?? new Error('the engine shows its own form'),
      );
    },
    userCodeConfirmSource: async () => {
      throw new Error('its route is not mounted');
    },
  };
}
