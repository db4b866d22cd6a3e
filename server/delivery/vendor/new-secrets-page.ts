import { html } from '@lit-labs/ssr';
import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { alertIcon } from '../../pages/icons.ts';
import { fill, isolate } from '../../pages/text.ts';
import { sendPortalPage } from '../../portal/layout.ts';
import type { PersonCall } from '../../portal/route.ts';
import { portalStrings } from '../../portal/strings.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import { snippet } from './code/snippet.ts';
import { tagOf } from './code/tag.ts';
import { copyScript, shownOnce } from './shown-once.ts';
import { appsStrings } from './strings.ts';

export interface NewSecrets {
  /** Name of the app. */
  app: string;
  environment: Environment;
  secrets: AppSecrets;
  /** Where to see the environment from now on. */
  path: string;
}

/** What has just been made: its secrets, this once, and the tag to paste. */
export function sendNewSecrets(
  call: PersonCall,
  { app, environment, secrets, path }: NewSecrets,
): Promise<FastifyReply> {
  const { language, base, context } = call;
  const { once, create, add } = appsStrings(language);
  const general = portalStrings(language).app;
  const isFirst = environment === 'localhost';
  return sendPortalPage(call, 200, {
    section: 'apps',
    title: isFirst
      ? create.done.replace('{app}', () => app)
      : add.done.replace('{environment}', general.environments[environment]),
    back: { href: `${base}/apps`, label: general.all },
    scripts: [copyScript()],
    main: html`<div class="warning">${alertIcon}<p>${once.warning}</p></div>
<section class="card">${shownOnce(call, path, [
      { id: 'client-id', label: once.clientId, value: secrets.clientId, isPublic: true },
      { id: 'client-secret', label: once.clientSecret, value: secrets.clientSecret },
      { id: 'api-key', label: once.apiKey, value: secrets.apiKey },
    ])}</section>
<section class="card"><header><h2>${once.tag}</h2><p class="small muted">${once.tagLead}</p></header>
${snippet(call, 'tag', once.tag, tagOf(context.config.publicUrl, secrets.clientId))}</section>
<p class="buttons"><a class="button secondary" href=${path}><span>${fill(once.next, { app: isolate(app) })}</span></a></p>`,
  });
}
