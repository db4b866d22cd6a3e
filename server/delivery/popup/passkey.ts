import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { MAX_RESPONSE_LENGTH } from '../../domain/passkeys/response.ts';
import { signInWithPasskey } from '../../domain/passkeys/sign-in.ts';
import { auditStep } from './audit.ts';
import { proceed } from './proceed.ts';
import { sendSignIn, tooManyAttempts } from './send-sign-in.ts';
import type { Step } from './step.ts';

const formSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch('') });

/** POST passkey: signs in whoever the browser's passkey belongs to. */
export async function postPasskey(step: Step): Promise<FastifyReply> {
  const { app, context, request, boundTo } = step;
  const result = await signInWithPasskey(context, {
    json: formSchema.parse(request.body).response,
    form: boundTo,
    address: request.ip,
    at: app.appId,
  });
  switch (result.outcome) {
    case 'signed-in':
      if (result.account.deletionDueAt) return sendSignIn(step, 400, { error: 'account_leaving' });
      return proceed(step, result.account, 'passkey');
    case 'too_many_attempts':
      return tooManyAttempts(step, undefined, result.retryAfterMs);
    case 'account_blocked':
      return sendSignIn(step, 400, { error: 'account_blocked' });
    case 'passkey_refused':
      await auditStep(step, 'passkey.refused', 'anyone', {
        ...(result.accountId && { subject: `account:${result.accountId}` }),
        detail: { reason: result.reason },
      });
      return sendSignIn(step, 400, { error: 'passkey_refused' });
  }
}
