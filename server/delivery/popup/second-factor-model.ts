import { requestOptions } from '../../domain/passkeys/sign-in.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { SecondFactorForm } from '../../pages/second-factor-form.ts';
import type { Account } from '../../storage/accounts.ts';
import type { InteractionView } from './interaction-view.ts';
import type { SecondFactorModel } from './pages/models.ts';

/** @param at default: a code of the app is asked for, and nothing was wrong */
export async function secondFactorModel(
  context: RealmContext,
  { form, boundTo }: Pick<InteractionView, 'form' | 'boundTo'>,
  account: Account,
  { way = 'app', problem }: Partial<Pick<SecondFactorForm, 'way' | 'problem'>> = {},
): Promise<SecondFactorModel> {
  const { action, csrf } = form;
  const hasPasskey = (await context.rows.passkeys.list(account.id)).length > 0;
  const passkey = { action: `${action}/second-factor-passkey`, options: requestOptions(context, boundTo) };
  return {
    ...form,
    form: {
      action: `${action}/second-factor`,
      csrf,
      way,
      otherWay: way === 'app' ? `${action}/recovery-code` : action,
      mayTrust: context.config.secondFactor !== 'always',
      ...(hasPasskey && { passkey }),
      problem,
    },
  };
}
