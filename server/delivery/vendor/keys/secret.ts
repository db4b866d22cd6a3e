import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { GRACES_MS } from '#domain/apps/grace.ts';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { csrfInput } from '#pages/forms.ts';
import { alertIcon } from '#pages/icons.ts';
import { fill } from '#pages/text.ts';
import { moment } from '#portal/dates.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import { readEnvironments, sendAppPage } from '../app-layout.ts';
import { makeOnce, onceInput } from '../shown-once.ts';
import { graceChoice, graceSchema } from './grace-choice.ts';
import { keysPath, previousOf } from './keys-page.ts';
import { sendMade } from './made-page.ts';
import { keysStrings } from './strings.ts';

const PATH = '/apps/:appId/:environment/keys/secret';

export const secretRoutes = [
  forEnvironment('GET', PATH, 'developer', getNewSecret, { fresh: true }),
  forEnvironment('POST', PATH, 'developer', postNewSecret, { fresh: true, form: { keeps: ['grace'] } }),
  forEnvironment('POST', `${PATH}/end-previous`, 'developer', postEndPrevious, {
    fresh: true,
    form: { page: '/apps/:appId/:environment/keys' },
  }),
];

async function getNewSecret(call: EnvironmentCall): Promise<FastifyReply> {
  const { secret } = keysStrings(call.language);
  const previous = previousOf(call);
  return sendAppPage(call, 200, 'keys', {
    title: secret.make,
    lead: secret.makeLead,
    main: html`<form class="card stack slim" method="post" action="${keysPath(call)}/secret">${csrfInput(call)}${onceInput()}
${
  previous
    ? html`<div class="warning">${alertIcon}<p>${fill(secret.older, { date: moment(previous, call.language.tag) })}</p></div>`
    : nothing
}
${graceChoice(call)}
<div class="buttons"><button class="button primary">${secret.make}</button><a class="button secondary" href=${keysPath(call)}>${portalStrings(call.language).cancel}</a></div></form>`,
  });
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
    const strings = keysStrings(call.language);
    return {
      path: keysPath(call),
      show: () =>
        sendMade(call, environments, {
          title: strings.made.secret,
          secret: { id: 'client-secret', label: strings.secret.title, value },
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
  // Either way it does not work any more.
  return call.reply.redirect(`${keysPath(call)}?done=secret_ended`, 303);
}
