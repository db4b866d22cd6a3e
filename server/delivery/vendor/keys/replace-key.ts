import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { GRACES_MS } from '#domain/apps/grace.ts';
import { keyState } from '#domain/apps/keys.ts';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { alertBox, formFrame } from '#pages/forms.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { type ApiKey, TooManyKeysError } from '#storage/api-keys.ts';
import { readEnvironments, sendAppPage } from '../app-layout.ts';
import { formButtons } from '../form-buttons.ts';
import { makeOnce, onceInput } from '../shown-once.ts';
import { tooManyKeys } from './create-key-page.ts';
import { graceChoice, graceSchema } from './grace-choice.ts';
import { keyIdOf } from './key-id.ts';
import { keysPath } from './keys-page.ts';
import { sendMade } from './made-page.ts';

const PATH = '/apps/:appId/:environment/keys/:keyId/replace';

export const replaceKeyRoutes = [
  forEnvironment('GET', PATH, 'developer', getReplaceKey, { recentSignIn: true }),
  forEnvironment('POST', PATH, 'developer', postReplaceKey, { recentSignIn: true, form: { keeps: ['grace'] } }),
];

async function getReplaceKey(call: EnvironmentCall): Promise<FastifyReply> {
  const key = await call.context.storage.apiKeys.findOf(call.environment.clientId, keyIdOf(call));
  if (!key || !['active', 'expires_soon'].includes(keyState(key))) throw new PortalError('not_found');
  return sendReplaceKey(call, 200, key);
}

function sendReplaceKey(call: EnvironmentCall, status: number, key: ApiKey): Promise<FastifyReply> {
  const { t } = call.language;
  const prefix = html`<code>${isolateLeftToRight(`${key.prefix}…`)}</code>`;
  const form = formFrame(
    { action: `${keysPath(call)}/${key.id}/replace`, csrf: call.csrf, layout: 'card stack slim' },
    html`${onceInput()}
${graceChoice(call, 'key')}
${formButtons(call, { submit: t('vendor.keys.keys.replace'), cancel: keysPath(call) })}`,
  );
  return sendAppPage(call, status, 'keys', {
    title: t('vendor.keys.replace.title', { name: call.language.isolate(key.name) }),
    lead: t.rich('vendor.keys.replace.lead', { prefix }),
    main: html`${status === 400 ? alertBox(tooManyKeys(call.language)) : nothing}
${form}`,
  });
}

async function postReplaceKey(call: EnvironmentCall): Promise<FastifyReply> {
  const parsed = graceSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const { grace } = parsed.data;
  const { environment, app } = call;
  const old = await call.context.storage.apiKeys.findOf(environment.clientId, keyIdOf(call));
  if (!old) throw new PortalError('not_found');
  try {
    const environments = await readEnvironments(call);
    return await makeOnce(call, async ({ context, audit, languages }) => {
      const { apiKeys } = context.storage;
      const made = await apiKeys.replace(environment.clientId, old.id, GRACES_MS[grace]);
      if (!made) throw new PortalError('not_found');
      await audit('key.replaced', `key:${old.id}`, {
        client_id: environment.clientId,
        prefix: old.prefix,
        by: made.id,
        by_prefix: made.prefix,
        grace,
      });
      const notice = {
        kind: 'api_key_replaced',
        app: app.name,
        environment: environment.environment,
        name: made.name,
        by: { name: nameOf(call.account) },
      } as const;
      await notifyOwners(context, app.id, notice, languages);
      const oldUntil =
        grace === 'now' ? null : ((await apiKeys.findOf(environment.clientId, old.id))?.expiresAt ?? null);
      return {
        path: keysPath(call),
        show: () =>
          sendMade(call, environments, {
            kind: 'key',
            secret: { id: 'api-key', label: made.name, value: made.key },
            oldUntil,
          }),
      };
    });
  } catch (error) {
    if (error instanceof TooManyKeysError) return sendReplaceKey(call, 400, old);
    throw error;
  }
}
