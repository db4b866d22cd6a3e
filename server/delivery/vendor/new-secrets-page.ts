import { html } from '@lit-labs/ssr';
import { type Environment, realmOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { alertIcon } from '../../pages/icons.ts';
import { isolate } from '../../pages/text.ts';
import { sendPortalPage } from '../../portal/layout.ts';
import type { PersonCall } from '../../portal/route.ts';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { AppField, AppKind } from '../../storage/apps.ts';
import { cardHeader } from './card-header.ts';
import { nativeCard } from './code/native-settings.ts';
import { snippet } from './code/snippet.ts';
import { tagOf } from './code/tag.ts';
import { environmentMark } from './environment-badge.ts';
import { linkButton } from './form-buttons.ts';
import { copyScript, shownOnce } from './shown-once.ts';

export interface NewSecrets {
  /** Name of the app. */
  app: string;
  kind: AppKind;
  redirectUris: readonly string[];
  environment: Environment;
  secrets: AppSecrets;
  /** What the app has registered. */
  fields: readonly AppField[];
  /** What the button waits for. */
  waits?: { approval: boolean; domain: boolean };
  /** Where to see the environment from now on. */
  path: string;
}

/** Shows what has just been created: its secrets, this once, and the tag to paste. */
export function sendNewSecrets(
  call: PersonCall,
  { app, kind, redirectUris, environment, secrets, fields, path, waits }: NewSecrets,
): Promise<FastifyReply> {
  const { language, base, context } = call;
  const { t } = language;
  const isFirst = environment === 'localhost';
  const { publicUrl, platformName } = context.config;
  const subject = { publicUrl, platformName, clientId: secrets.clientId, environment, fields };
  const open = [
    ...(waits?.approval ? ['vendor.review.item' as const] : []),
    ...(waits?.domain ? ['vendor.domains.title' as const] : []),
  ];
  const isWaiting = open.length > 0;
  const next = html`<span>${t.rich('vendor.once.next', { app: isolate(app) })}</span>`;
  const waiting = isWaiting ? html`<ul>${open.map((key) => html`<li>${t(key)}</li>`)}</ul>` : nothing;
  const tagCard =
    () => html`<section class="card">${cardHeader(t('vendor.once.tag'), t(isWaiting ? 'vendor.once.tagWaits' : 'vendor.once.tagLead'))}
${waiting}
${snippet(call, 'tag', t('vendor.once.tagName'), tagOf(subject))}</section>`;
  const paste =
    kind === 'native'
      ? html`${nativeCard(call, { realm: realmOf(environment), clientId: secrets.clientId, redirectUris })}${waiting}`
      : tagCard();
  return sendPortalPage(call, 200, {
    navItem: 'apps',
    title: isFirst
      ? t('vendor.create.done', { app: call.language.isolate(app) })
      : t(`vendor.add.done.${isWaiting ? 'waiting' : environment}`),
    about: [t(`vendor.app.environments.${environment}`)],
    beside: environmentMark(language, environment),
    back: { href: `${base}/apps`, label: t('vendor.app.all') },
    scripts: [copyScript()],
    main: html`<div class="warning">${alertIcon}<p>${t('vendor.once.warning')}</p></div>
<section class="card">${shownOnce(call, path, [
      { id: 'client-id', label: t('vendor.once.clientId'), value: secrets.clientId, isPublic: true },
      { id: 'client-secret', label: t('vendor.once.clientSecret'), value: secrets.clientSecret },
      { id: 'api-key', label: t('vendor.once.apiKey'), value: secrets.apiKey },
    ])}</section>
${paste}
<p class="buttons">${linkButton(path, next)}</p>`,
  });
}
