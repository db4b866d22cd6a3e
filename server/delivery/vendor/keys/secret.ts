import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { GRACES_MS } from '#domain/apps/grace.ts';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { formFrame } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { moment } from '#pages/time.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { readEnvironments, sendAppPage } from '../app-layout.ts';
import { formButtons } from '../form-buttons.ts';
import { makeOnce, onceInput } from '../shown-once.ts';
import { graceChoice, graceSchema } from './grace-choice.ts';
import { keysPath, previousOf } from './keys-page.ts';
import { sendMade } from './made-page.ts';

const PATH = '/apps/:appId/:environment/keys/secret';

export const secretRoutes = [
  forEnvironment('GET', PATH, 'developer', getNewSecret, { recentSignIn: true }),
  forEnvironment('POST', PATH, 'developer', postNewSecret, { recentSignIn: true, form: { keeps: ['grace'] } }),
  forEnvironment('POST', `${PATH}/end-previous`, 'developer', postEndPrevious, {
    recentSignIn: true,
    form: { page: '/apps/:appId/:environment/keys' },
  }),
];

async function getNewSecret(call: EnvironmentCall): Promise<FastifyReply> {
  const { t } = call.language;
  const submit = t('vendor.keys.secret.make');
  return sendAppPage(call, 200, 'keys', {
    title: submit,
    lead: t('vendor.keys.secret.makeLead'),
    main: formFrame(
      { action: `${keysPath(call)}/secret`, csrf: call.csrf, layout: 'card stack slim' },
      html`${onceInput()}
${olderWarning(call)}
${graceChoice(call, 'secret')}
${formButtons(call, { submit, cancel: keysPath(call) })}`,
    ),
  });
}

/** At most two secrets work at a time, so a third one ends the oldest. */
function olderWarning(call: EnvironmentCall): unknown {
  const { t } = call.language;
  const previous = previousOf(call);
  if (!previous) return nothing;
  const words = t.rich('vendor.keys.secret.older', { date: moment(previous, call.language) });
  return html`<div class="warning">${alertIcon}<p>${words}</p></div>`;
}

async function postNewSecret(call: EnvironmentCall): Promise<FastifyReply> {
  const parsed = graceSchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const { grace } = parsed.data;
  const { environment, app } = call;
  const environments = await readEnvironments(call);
  return makeOnce(call, async ({ context, audit, languages }) => {
    const value = await context.storage.clientSecrets.replace(environment.clientId, GRACES_MS[grace]);
    if (value === undefined) throw new PortalError('not_found');
    await audit('environment.secret_replaced', `environment:${environment.clientId}`, { grace });
    const notice = {
      kind: 'client_secret_replaced',
      app: app.name,
      environment: environment.environment,
      by: { name: nameOf(call.account) },
    } as const;
    await notifyOwners(context, app.id, notice, languages);
    return {
      path: keysPath(call),
      show: () =>
        sendMade(call, environments, {
          kind: 'secret',
          secret: { id: 'client-secret', label: call.language.t('vendor.keys.secret.title'), value },
          oldUntil: grace === 'now' ? null : new Date(Date.now() + GRACES_MS[grace]),
        }),
    };
  });
}

async function postEndPrevious(call: EnvironmentCall): Promise<FastifyReply> {
  const { clientId } = call.environment;
  if (await call.context.storage.clientSecrets.endPrevious(clientId)) {
    await call.audit('environment.previous_secret_ended', `environment:${clientId}`);
  }
  // Either way, it no longer works.
  return call.reply.redirect(`${keysPath(call)}?done=secret_ended`, 303);
}
