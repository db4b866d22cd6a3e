import type { RealmContext } from '../../http/realm-context.ts';
import type { FormContext, PageContext } from '../../pages/models.ts';
import { pageContextOf } from '../../pages/page-context.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { assertUsable } from './entry/asking-app.ts';
import { PopupError } from './popup-error.ts';

/** What we read of oidc-provider's Interaction. */
export interface InteractionLike {
  readonly uid: string;
  readonly prompt: { name: string; details: Record<string, unknown> };
  readonly params: Record<string, unknown>;
  readonly session?: { accountId: string } | undefined;
  readonly result?: unknown;
}

/** The pages' view of one interaction. */
export interface InteractionView {
  app: AppEnvironment;
  page: PageContext;
  form: FormContext;
  /** What its forms, and challenges for passkeys, are bound to. */
  boundTo: string;
}

export async function viewOf(
  context: RealmContext,
  interaction: Pick<InteractionLike, 'uid' | 'params'>,
  acceptLanguage: string | undefined,
): Promise<InteractionView> {
  const app = await context.storage.appEnvironments.findByClientId(String(interaction.params['client_id']));
  if (!app || app.realm !== context.realm) throw new PopupError('unknown_app');
  assertUsable(app);
  return {
    app,
    page: pageContextOf(context, interaction.params, app, acceptLanguage),
    form: { action: `${context.prefix}/interaction/${interaction.uid}`, csrf: context.csrf.issue(interaction.uid) },
    boundTo: interaction.uid,
  };
}
