import type { SettingsInput } from '#domain/apps/settings.ts';
import type { MemberCall } from '#portal/route.ts';
import { switchCard } from './switch-card.ts';

/** Whether nobody signs in to the app whose address is not confirmed. */
export function verifiedEmailCard({ language: { t } }: MemberCall, { requireVerifiedEmail }: SettingsInput): unknown {
  return switchCard({
    name: 'require_verified_email',
    title: t('vendor.settings.verifiedEmail'),
    label: t('vendor.settings.verifiedEmailLabel'),
    hint: t('vendor.settings.verifiedEmailHint'),
    isOn: requireVerifiedEmail,
  });
}
