import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { requestOptions } from '#domain/passkeys/sign-in.ts';
import { alertBox } from '#pages/forms.ts';
import { usePasskeyScript } from '#pages/passkeys.ts';
import {
  type SecondFactorForm,
  secondFactorButtons,
  secondFactorFields,
  secondFactorLinks,
  secondFactorProblem,
  secondFactorTitle,
} from '#pages/second-factor-form.ts';
import { isolate } from '#pages/text.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { type AtGate, attemptPath } from './attempt.ts';

const querySchema = z.object({ way: z.literal('recovery').optional().catch(undefined) });

/** After the first proof of who somebody is: a code of their app, a recovery code, or a passkey. */
export async function sendSecondFactor(
  call: PortalCall,
  status: number,
  at: AtGate,
  refused?: Required<Pick<SecondFactorForm, 'way' | 'problem'>>,
): Promise<FastifyReply> {
  const { context, language } = call;
  const { t } = language;
  const { brand, platformName } = context.config;
  const { way = refused?.way ?? 'app' } = querySchema.parse(call.query ?? {});
  const form = await formOf(call, at, way, refused?.problem);
  const problem = secondFactorProblem(form, language);
  const lead = t.rich('shared.secondFactor.lead', { platform: isolate(platformName) });
  return sendPortalPage(call, status, {
    title: t(way === 'app' ? 'shared.secondFactor.heading' : 'shared.secondFactor.recoveryHeading'),
    about: [secondFactorTitle(language)],
    lead: way === 'app' ? lead : t('shared.secondFactor.recoveryLead'),
    width: 'narrow',
    scripts: form.passkey ? [usePasskeyScript()] : [],
    main: html`${problem === undefined ? nothing : alertBox(problem)}
${secondFactorFields(form, language)}
<div class="stack">${secondFactorButtons(form, language)}</div>
<div>${secondFactorLinks(form, brand, language)}
<p class="below small"><a href=${continueTo(call, 'sign-in', at.attempt.continue)}>${t('account.signIn.forgot.back')}</a></p></div>`,
  });
}

async function formOf(
  call: PortalCall,
  { attempt, account }: AtGate,
  way: SecondFactorForm['way'],
  problem: SecondFactorForm['problem'],
): Promise<SecondFactorForm> {
  const { boundTo, context, csrf } = call;
  const action = attemptPath(call, attempt);
  const hasPasskey = (await context.rows.passkeys.list(account.id)).length > 0;
  const passkey = { action: `${action}/second-factor-passkey`, options: requestOptions(context, boundTo) };
  return {
    action: `${action}/second-factor`,
    csrf,
    way,
    otherWay: way === 'app' ? `${action}?way=recovery` : action,
    mayTrust: context.config.secondFactor !== 'always',
    ...(hasPasskey && { passkey }),
    problem,
  };
}
