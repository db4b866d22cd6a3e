import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { codeForPage, isOver } from '#domain/codes/ask-for-code.ts';
import { codeParts } from '#pages/code-parts.ts';
import type { CodeModel, CodeProblem } from '#pages/models.ts';
import { continueTo } from '#portal/continue.ts';
import { sendPortalPage } from '#portal/layout.ts';
import type { PortalCall } from '#portal/route.ts';
import { type AtCode, placeOf } from './ask-here.ts';
import { type Attempt, attemptPath } from './attempt.ts';

/** Where somebody types the code from the mail, in the window in which they asked for it. */
export async function sendCode(
  call: PortalCall,
  status: number,
  attempt: Attempt,
  at: AtCode,
  problem?: CodeProblem,
): Promise<FastifyReply> {
  const { context, language } = call;
  const model = await codeModel(call, attempt, at, problem);
  const parts = codeParts({ realm: context.realm, wantedBy: context.config.platformName }, model, language);
  return sendPortalPage(call, status, {
    title: parts.heading,
    width: 'narrow',
    main: html`<div class="stack tight">${parts.where}</div>
${parts.alert}
${parts.form}
<div class="buttons">${parts.submit}</div>
${parts.otherWays}`,
  });
}

async function codeModel(call: PortalCall, attempt: Attempt, at: AtCode, problem?: CodeProblem): Promise<CodeModel> {
  const { context, csrf } = call;
  const place = placeOf(attempt, at.way);
  const code = await context.rows.mailedCodes.find(place);
  const found = code === undefined ? 'not_mailed' : isOver(code) ? 'over' : undefined;
  return {
    action: attemptPath(call, attempt),
    csrf,
    ...linksOf(call, attempt, at),
    email: at.email,
    format: code?.format ?? 'digits',
    shown: code && !isOver(code) ? codeForPage(context, place, code) : undefined,
    mailPage: context.config,
    problem: problem ?? (found && { kind: found }),
    mayDecline: false,
    isRequired: attempt.held?.gate === 'verified_address',
  };
}

function linksOf(call: PortalCall, attempt: Attempt, { way }: AtCode): Pick<CodeModel, 'usePassword' | 'otherAddress'> {
  const to = (step: string) => continueTo(call, step, attempt.continue);
  switch (way) {
    case 'sign_in':
      return { usePassword: to('sign-in') };
    case 'sign_up':
      return { usePassword: to('sign-up') };
    case 'forgot':
      return { usePassword: to('sign-in'), otherAddress: to('forgot-password') };
    case 'confirm':
      return attempt.held ? { otherAddress: to('sign-in') } : { usePassword: to('confirm') };
  }
}
