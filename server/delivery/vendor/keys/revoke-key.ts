import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { csrfInput } from '#pages/forms.ts';
import { fill, isolateLeftToRight } from '#pages/text.ts';
import { PortalError } from '#portal/portal-error.ts';
import { relativeTime } from '#portal/relative-time.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { sendAppPage } from '../app-layout.ts';
import { keyIdOf } from './key-id.ts';
import { keysPath } from './keys-page.ts';
import { keysStrings } from './strings.ts';

const PATH = '/apps/:appId/:environment/keys/:keyId/revoke';

export const revokeKeyRoutes = [
  forEnvironment('GET', PATH, 'developer', getRevokeKey, { fresh: true }),
  forEnvironment('POST', PATH, 'developer', postRevokeKey, { fresh: true }),
];

/** Asks once more, and says when the key was last used. */
async function getRevokeKey(call: EnvironmentCall): Promise<FastifyReply> {
  const { revoke, keys } = keysStrings(call.language);
  const key = await call.context.storage.apiKeys.findOf(call.environment.clientId, keyIdOf(call));
  if (!key) throw new PortalError('not_found');
  const prefix = html`<code>${isolateLeftToRight(`${key.prefix}…`)}</code>`;
  return sendAppPage(call, 200, 'keys', {
    title: revoke.title.replace('{name}', () => key.name),
    lead: fill(revoke.lead, { prefix }),
    main: html`<form class="card stack slim" method="post" action="${keysPath(call)}/${key.id}/revoke">${csrfInput(call)}
<dl class="facts"><dt>${keys.lastUsed}</dt><dd>${key.lastUsedAt ? relativeTime(key.lastUsedAt, call.language.tag) : keys.notUsed}</dd></dl>
<div class="buttons"><button class="button danger">${revoke.submit}</button><a class="button secondary" href=${keysPath(call)}>${portalStrings(call.language).cancel}</a></div></form>`,
  });
}

async function postRevokeKey(call: EnvironmentCall): Promise<FastifyReply> {
  const { clientId } = call.environment;
  const revoked = await call.context.storage.apiKeys.revoke(clientId, keyIdOf(call));
  if (!revoked) throw new PortalError('not_found');
  await call.audit('key.revoked', `key:${revoked.id}`, { client_id: clientId, prefix: revoked.prefix });
  return call.reply.redirect(`${keysPath(call)}?done=revoked`, 303);
}
