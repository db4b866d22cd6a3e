import type { SettingsInput } from '#domain/apps/settings.ts';
import type { MemberCall } from '#portal/route.ts';
import { switchCard } from './switch-card.ts';

/** Whether people may sign in to the app on a device, with another one. */
export function deviceFlowCard({ language: { t } }: MemberCall, { deviceFlow }: SettingsInput): unknown {
  return switchCard({
    name: 'device_flow',
    title: t('vendor.settings.deviceFlow'),
    label: t('vendor.settings.deviceFlowLabel'),
    hint: t('vendor.settings.deviceFlowHint'),
    isOn: deviceFlow,
  });
}
