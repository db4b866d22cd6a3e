import type { SettingsInput } from '#domain/apps/settings.ts';
import type { MemberCall } from '#portal/route.ts';
import { switchCard } from './switch-card.ts';

/** Whether the app may ask people to stay connected while they are away. */
export function offlineAccessCard({ language: { t } }: MemberCall, { offlineAccess }: SettingsInput): unknown {
  return switchCard({
    name: 'offline_access',
    title: t('vendor.settings.offlineAccess'),
    label: t('vendor.settings.offlineAccessLabel'),
    hint: t('vendor.settings.offlineAccessHint'),
    isOn: offlineAccess,
  });
}
