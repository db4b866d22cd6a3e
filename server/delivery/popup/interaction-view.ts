import { MAX_EMAIL_LENGTH, readEmailAddress } from '../../domain/values/email-address.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { FormContext, PageContext } from '../../pages/models.ts';
import { deviceContextOf, pageContextOf } from '../../pages/page-context.ts';
import type { AppEnvironment } from '../../storage/app-environments.ts';
import { assertUsable } from './entry/asking-app.ts';
import { PopupError } from './popup-error.ts';

/** What we read of oidc-provider's Interaction. */
export interface InteractionLike {
  readonly uid: string;
  readonly prompt: { name: string; details: Record<string, unknown>; reasons?: readonly string[] };
  readonly params: Record<string, unknown>;
  readonly session?: { accountId: string; amr?: string[] | undefined } | undefined;
  readonly result?: unknown;
  /** The device that it is for (RFC 8628). */
  readonly deviceCode?: string | undefined;
  /** The hash of the browser that it began in. */
  readonly browser?: unknown;
  /** When it ends, in seconds since 1970. Each page that is answered begins anew. */
  readonly exp?: number;
}

/** The pages' view of one interaction. */
export interface InteractionView {
  app: AppEnvironment;
  page: PageContext;
  form: FormContext;
  /** What its forms, and challenges for passkeys, are bound to. */
  boundTo: string;
  /** The address that the shop thinks the person signs in with. Nobody has checked that there is such an account. */
  loginHint?: string | undefined;
}

export async function viewOf(
  context: RealmContext,
  interaction: Pick<InteractionLike, 'uid' | 'params' | 'exp' | 'deviceCode'>,
  acceptLanguage: string | undefined,
): Promise<InteractionView> {
  const app = await context.storage.appEnvironments.findByClientId(String(interaction.params['client_id']));
  if (!app || app.realm !== context.realm) throw new PopupError('unknown_app');
  assertUsable(app);
  const { ready, ...page } = contextFor(context, interaction, app, acceptLanguage);
  const ends = interaction.exp === undefined ? undefined : { at: interaction.exp * 1000, issuer: context.issuer };
  return {
    app,
    page: { ...page, ...(ready && { ready: { ...ready, ...(ends && { ends }) } }) },
    form: { action: `${context.prefix}/interaction/${interaction.uid}`, csrf: context.csrf.issue(interaction.uid) },
    boundTo: interaction.uid,
    loginHint: loginHintOf(interaction.params),
  };
}

function contextFor(
  context: RealmContext,
  { params, deviceCode }: Pick<InteractionLike, 'params' | 'deviceCode'>,
  app: AppEnvironment,
  acceptLanguage: string | undefined,
): PageContext {
  return deviceCode === undefined
    ? pageContextOf(context, params, app, acceptLanguage)
    : deviceContextOf(context, params, app, acceptLanguage);
}

/** Only an email address, so that the request cannot put words of its own into the field (OpenID Connect Core 1.0 section 3.1.2.1). */
function loginHintOf({ login_hint: hint }: InteractionLike['params']): string | undefined {
  const email = typeof hint === 'string' ? readEmailAddress(hint) : undefined;
  return email !== undefined && email.length <= MAX_EMAIL_LENGTH ? email : undefined;
}
