import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { askSupport } from '#pages/brand.ts';
import { alertIcon, shieldIcon } from '#pages/icons.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { fill, isolate, isolateLeftToRight } from '#pages/text.ts';
import { linkUri } from '#pages/uris.ts';
import { pickStrings } from '#strings/pick-strings.ts';
import { closeButton, closeWindowScript } from './closing.ts';
import type { ErrorModel } from './models.ts';

/** Says what happened, that nothing was shared, and what to do; apart from that, what the vendor's developer should mend. */
export function errorPage(context: PageContext, model: ErrorModel): RenderedPage {
  const language = pickStrings(context.languages);
  const { errorPage: strings } = language.strings;
  const { title, explanation, whatToDo } = strings[model.code];
  const platform = isolate(context.platformName);
  const back = linkUri(model.wayBack?.uri);
  return renderPage(context, {
    language,
    title,
    scripts: [closeWindowScript()],
    main: html`<span class="badge bad">${alertIcon}</span>
<div class="intro"><h1>${title}</h1><p>${fill(explanation, { platform })}</p></div>
<p>${whatToDo}</p>
<p class="note">${shieldIcon}<span>${strings.nothingShared}</span></p>
${
  model.developerHint
    ? html`<section class="developers"><h2>${strings.forDevelopers}</h2><p class="small" lang="en" dir="ltr">${model.developerHint}</p></section>`
    : nothing
}
<div class="actions end below">${askSupport(context.brand, language)}<p class="small muted">${strings.requestId}: <code>${isolateLeftToRight(model.requestId)}</code></p>${
      back
        ? html`<a class="button secondary" href=${back}>${fill(strings.backTo, { vendor: isolate(model.wayBack?.vendor ?? '') })}</a>`
        : closeButton(language.strings)
    }</div>`,
  });
}
