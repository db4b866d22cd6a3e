import { codeForPage, isOver } from '#domain/codes/ask-for-code.ts';
import type { CodeWay } from '#domain/codes/code-way.ts';
import { requiresVerifiedEmail } from '#engine/verified-email.ts';
import type { RealmContext } from '#http/realm-context.ts';
import type { CodeModel, CodeProblem } from '#pages/models.ts';
import type { MailedCode } from '#storage/mailed-codes.ts';
import type { InteractionLike, InteractionView } from '../interaction-view.ts';
import { placeOf } from './held-code.ts';

interface AtCode {
  readonly email: string;
  readonly way: CodeWay;
}

/** The code page of an interaction, as the latest code of it stands. */
export async function codeModel(
  context: RealmContext,
  view: InteractionView,
  interaction: Pick<InteractionLike, 'uid' | 'browser'>,
  at: AtCode,
  problem?: CodeProblem,
): Promise<CodeModel> {
  const place = placeOf(interaction, at.way);
  const code = await context.rows.mailedCodes.find(place);
  const isRequired = requiresVerifiedEmail(context, view.app);
  return {
    ...view.form,
    ...linksOf(view, at.way),
    email: at.email,
    format: code?.format ?? 'digits',
    shown: code && !isOver(code) ? codeForPage(context, place, code) : undefined,
    mailPage: context.config,
    problem: problem ?? problemOf(code),
    mayDecline: !isRequired && (at.way === 'sign_in' || at.way === 'sign_up'),
    isRequired: isRequired && at.way !== 'forgot',
  };
}

function problemOf(code: MailedCode | undefined): CodeProblem | undefined {
  if (!code) return { kind: 'not_mailed' };
  return isOver(code) ? { kind: 'over' } : undefined;
}

function linksOf({ form: { action } }: InteractionView, way: CodeWay): Pick<CodeModel, 'usePassword' | 'otherAddress'> {
  switch (way) {
    case 'sign_in':
      return { usePassword: `${action}/sign-in` };
    case 'forgot':
      return { usePassword: `${action}/sign-in`, otherAddress: `${action}/forgot-password` };
    case 'sign_up':
      return { usePassword: `${action}/sign-up/password`, otherAddress: `${action}/sign-up` };
    case 'confirm':
      return { otherAddress: `${action}/sign-in` };
  }
}
