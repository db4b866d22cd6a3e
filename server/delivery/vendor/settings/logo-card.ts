import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { csrfInput, fieldError } from '#pages/forms.ts';
import { initials } from '#pages/text.ts';
import { imageSource } from '#pages/uris.ts';
import { PICTURE_TYPES } from '#pictures/normalize-picture.ts';
import type { MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { appsStrings } from '../strings.ts';
import type { SettingsModel } from './settings-model.ts';

/** The logo as the popup shows it, and forms to change it. */
export function logoCard(call: MemberCall, { details, logoProblem }: SettingsModel): unknown {
  const { settings } = appsStrings(call.language);
  const path = `${appPath(call)}/logo`;
  const logo = imageSource(details.logoUri);
  const validity = { name: 'logo', error: logoProblem };
  return html`<section class="card" id="logo-card"><header><h2>${settings.logo}</h2><p class="small muted" id="logo-hint">${settings.logoHint}</p></header>
<div class="row"><span class="tile" aria-hidden="true">${initials(call.app.name, call.language.tag)}${
    logo ? html`<img src=${logo.src} alt="" width="44" height="44" referrerpolicy="no-referrer">` : nothing
  }</span>
<form class="add grow" method="post" action=${path} enctype="multipart/form-data">${csrfInput(call)}<div class="input"><label for="logo">${settings.logoFile}</label><span class="control"><input id="logo" name="logo" type="file" accept=${PICTURE_TYPES.join()} required aria-invalid=${logoProblem ? 'true' : nothing} aria-describedby="${logoProblem ? 'logo-error ' : ''}logo-hint"></span>${fieldError(validity)}</div><button class="button secondary">${settings.logoUpload}</button></form>
${logo ? html`<form method="post" action="${path}/remove">${csrfInput(call)}<button class="link">${settings.logoRemove}</button></form>` : nothing}</div></section>`;
}
