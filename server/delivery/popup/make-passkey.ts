import { pickLanguage } from '@signup-with-platform/messages';
import { notifyAccount } from '../../domain/accounts/notify.ts';
import { addPasskey } from '../../domain/passkeys/add.ts';
import { suggestedName } from '../../domain/passkeys/suggested-name.ts';
import type { Account } from '../../storage/accounts.ts';
import { auditStep } from './audit.ts';
import type { Step } from './step.ts';

/** Gives an account the passkey that the browser has made. @returns false when it cannot be accepted */
export async function makePasskey(step: Step, account: Account, response: string): Promise<boolean> {
  const { boundTo, context, page, request } = step;
  const { t } = pickLanguage(page.languages);
  const name = suggestedName(request.headers['user-agent'], t('shared.passkey.newName'));
  const passkey = await addPasskey(context, account, { json: response, name, form: boundTo });
  if (!passkey) return false;
  const subject = `account:${account.id}`;
  await auditStep(step, 'passkey.added', subject, { subject });
  await notifyAccount(context, account, { kind: 'passkey_added', name }, { languages: page.languages });
  return true;
}
