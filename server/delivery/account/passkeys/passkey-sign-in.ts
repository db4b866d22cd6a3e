import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { MAX_RESPONSE_LENGTH } from '#domain/passkeys/response.ts';
import { requestOptions, signInWithPasskey } from '#domain/passkeys/sign-in.ts';
import { alertBox, tooManyAttempts } from '#pages/forms.ts';
import type { Inline } from '#pages/inline.ts';
import { usePasskeyForm, usePasskeyScript } from '#pages/passkeys.ts';
import { isolate } from '#pages/text.ts';
import { continuation, continueTo } from '#portal/continue.ts';
import { forAnyone, type PortalCall } from '#portal/route.ts';
import { proceed } from '../sign-in/proceed.ts';

const PATH = '/sign-in/passkey';

/** Why a passkey was not taken, as the page that asked for it is told in its address. */
const PROBLEMS = ['refused', 'blocked', 'wait'] as const;
type Problem = (typeof PROBLEMS)[number];

const querySchema = z.object({ passkey: z.enum(PROBLEMS).optional().catch(undefined) });
const formSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

export const passkeySignInRoutes = [forAnyone('POST', PATH, postPasskeySignIn)];

/**
 * Signing in with a passkey, for the pages that ask for a password; what went wrong the last time is part of it. Passkeys are offered in
 * the page's inputs with `webauthn` in their `autocomplete`, too. `scripts` go to the page's own.
 */
export function passkeySignIn(
  call: PortalCall,
  target: { continue: string },
): { markup: unknown; scripts: readonly Inline[] } {
  const { context, language, csrf, base, boundTo } = call;
  const { passkey: problem } = querySchema.parse(call.query ?? {});
  const form = usePasskeyForm({
    action: base + PATH,
    csrf,
    options: requestOptions(context, boundTo),
    language,
    inputs: html`<input type="hidden" name="continue" value=${target.continue}>`,
  });
  return {
    markup: html`${problem ? alertBox(textOf(call, problem), 'passkey-alert') : nothing}${form}`,
    scripts: [usePasskeyScript()],
  };
}

function textOf({ language, context }: PortalCall, problem: Problem): unknown {
  const { t } = language;
  switch (problem) {
    case 'wait':
      return tooManyAttempts(undefined, language);
    case 'refused':
      return t('shared.signIn.errors.passkey_refused');
    case 'blocked':
      return t.rich('shared.signIn.errors.account_blocked', { platform: isolate(context.config.platformName) });
  }
}

/** Signs in; or, of somebody who is signed in, makes the sign-in recent. */
async function postPasskeySignIn(call: PortalCall): Promise<FastifyReply> {
  const { context, account } = call;
  const target = continuation(call, call.body);
  const result = await signInWithPasskey(context, {
    json: formSchema.parse(call.body ?? {}).response,
    form: call.boundTo,
    address: call.request.ip,
    ...(account && { onlyAs: account.id }),
  });
  switch (result.outcome) {
    case 'signed-in':
      return proceed(call, target, result.account, 'passkey');
    case 'too_many_attempts':
      return askAgain(call, target, 'wait');
    case 'account_blocked':
      await call.audit('session.refused', 'account', { reason: result.outcome });
      return askAgain(call, target, 'blocked');
    case 'passkey_refused':
      await call.audit('passkey.refused', result.accountId ? `account:${result.accountId}` : 'account', {
        reason: result.reason,
      });
      return askAgain(call, target, 'refused');
  }
}

/** Says so on the page that the passkey was used on. That page is another route's, so its address carries the problem. */
function askAgain(call: PortalCall, target: string, problem: Problem): FastifyReply {
  const path = continueTo(call, call.account ? 'confirm' : 'sign-in', target);
  return call.reply.redirect(`${path}${path.includes('?') ? '&' : '?'}passkey=${problem}`, 303);
}
