import { recognizeDevice } from '#domain/values/device.ts';
import { isolate } from '#pages/text.ts';
import type { PersonCall } from '#portal/route.ts';

/** What somebody knows a browser by. */
export function deviceName({ language: { t } }: PersonCall, userAgent: string | undefined): unknown {
  const { browser, system } = recognizeDevice(userAgent);
  if (browser && system)
    return t.rich('account.sessions.device.both', { browser: isolate(browser), system: isolate(system) });
  if (system) return t.rich('account.sessions.device.system', { system: isolate(system) });
  return browser ? isolate(browser) : t('account.sessions.device.unknown');
}
