import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { formFrame } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { relativeTime } from '#pages/time.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import { sendAppPage } from '../app-layout.ts';
import { formButtons } from '../form-buttons.ts';
import { keyIdOf } from './key-id.ts';
import { keysPath } from './keys-page.ts';

const PATH = '/apps/:appId/:environment/keys/:keyId/revoke';

export const revokeKeyRoutes = [
  forEnvironment('GET', PATH, 'developer', getRevokeKey, { recentSignIn: true }),
  forEnvironment('POST', PATH, 'developer', postRevokeKey, { recentSignIn: true }),
];

/** Asks for confirmation, and says when the key was last used. */
async function getRevokeKey(call: EnvironmentCall): Promise<FastifyReply> {
  const { t } = call.language;
  const key = await call.context.storage.apiKeys.findOf(call.environment.clientId, keyIdOf(call));
  if (!key) throw new PortalError('not_found');
  const prefix = html`<code>${isolateLeftToRight(`${key.prefix}…`)}</code>`;
  const lastUsed = key.lastUsedAt ? relativeTime(key.lastUsedAt, call.language) : t('vendor.keys.keys.notUsed');
  return sendAppPage(call, 200, 'keys', {
    ...statement({
      kind: 'danger',
      title: t('vendor.keys.revoke.title', { name: call.language.isolate(key.name) }),
      text: t.rich('vendor.keys.revoke.lead', { prefix }),
      details: html`<dl class="facts"><dt>${t('vendor.keys.keys.lastUsed')}</dt><dd>${lastUsed}</dd></dl>`,
      next: formFrame(
        { action: `${keysPath(call)}/${key.id}/revoke`, csrf: call.csrf },
        formButtons(call, { submit: t('vendor.keys.revoke.submit'), cancel: keysPath(call), isDanger: true }),
      ),
    }),
  });
}

async function postRevokeKey(call: EnvironmentCall): Promise<FastifyReply> {
  const { clientId } = call.environment;
  const revoked = await call.context.storage.apiKeys.revoke(clientId, keyIdOf(call));
  if (!revoked) throw new PortalError('not_found');
  await call.audit('key.revoked', `key:${revoked.id}`, { client_id: clientId, prefix: revoked.prefix });
  return call.reply.redirect(`${keysPath(call)}?done=revoked`, 303);
}
