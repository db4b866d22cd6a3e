import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { fileField, formFrame } from '#pages/forms.ts';
import { PICTURE_TYPES } from '#pictures/normalize-picture.ts';
import type { MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { appTile } from '../app-tile.ts';
import type { SettingsModel } from './settings-model.ts';

const HINT_ID = 'logo-hint';

/** The logo as the popup shows it, and forms to change it. */
export function logoCard(call: MemberCall, { details, logoProblem }: SettingsModel): unknown {
  const { csrf, language, app } = call;
  const { t } = language;
  const path = `${appPath(call)}/logo`;
  const file = fileField({
    name: 'logo',
    label: t('vendor.settings.logoFile'),
    accept: PICTURE_TYPES,
    required: true,
    hintId: HINT_ID,
    error: logoProblem,
  });
  const upload = formFrame(
    { action: path, csrf, layout: 'add grow', withFile: true },
    html`${file}<button class="button secondary">${t('vendor.settings.logoUpload')}</button>`,
  );
  const remove = formFrame(
    { action: `${path}/remove`, csrf },
    html`<button class="link">${t('vendor.settings.logoRemove')}</button>`,
  );
  return html`<section class="card" id="logo-card"><header><h2>${t('vendor.settings.logo')}</h2><p
 class="small muted" id=${HINT_ID}>${t('vendor.settings.logoHint')}</p></header>
<div class="row">${appTile(language, { name: app.name, logoUri: details.logoUri })}
${upload}
${details.logoUri ? remove : nothing}</div></section>`;
}
